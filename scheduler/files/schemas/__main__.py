"""Write the schemas beside this file."""

from scheduler.files.schemas import FOLDER, texts

for name, text in texts().items():
    FOLDER.joinpath(name).write_text(text, encoding="utf-8")
