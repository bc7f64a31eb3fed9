"""People: one kind of member, who need give no name, e-mail, phone or place."""
