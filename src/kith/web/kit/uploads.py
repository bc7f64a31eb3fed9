"""What happens to files that somebody sends: nothing. No form of kith asks for one."""

from typing import Any, NoReturn

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from typing_extensions import override


class NoFiles(FileUploadHandler):
    """Stops reading where a file begins; the rest of the form is as if it had not been sent."""

    @override
    def new_file(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Stop here."""
        raise StopUpload(connection_reset=True)

    @override
    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep nothing."""

    @override
    def file_complete(self, file_size: int) -> None:
        """Have no file."""
