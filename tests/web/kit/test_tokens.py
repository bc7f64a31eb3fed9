from kith.web.kit import tokens


def test_token_can_be_typed_behind_a_command(monkeypatch):
    drawn = iter(["-aaaaaaaaaaaaaaa", "--bbbbbbbbbbbbbb", "c-cccccccccccccc"])
    monkeypatch.setattr(tokens.secrets, "token_urlsafe", lambda _bytes: next(drawn))

    assert tokens.new_token() == "c-cccccccccccccc"


def test_tokens_are_of_one_length_and_no_two_are_alike():
    some = {tokens.new_token() for _ in range(500)}

    assert len(some) == 500
    assert {len(one) for one in some} == {16}
    assert not any(one.startswith("-") for one in some)
