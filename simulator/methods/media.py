"""Documents and photos."""

from simulator.errors import bad_request
from simulator.files import MAX_BOT_DOWNLOAD, StoredFile
from simulator.methods.content import admitted_chat, caption, extra, keyboard, replied_to
from simulator.methods.messages import SENDING
from simulator.methods.registry import Params, Result, simulated
from simulator.state import State


@simulated("sendDocument", *SENDING, "document", "caption", "caption_entities", "disable_content_type_detection")
def send_document(state: State, params: Params) -> Result:
    return _send(state, params, state.files.sent_by_bot(params["document"], photo=False))


@simulated("sendPhoto", *SENDING, "photo", "caption", "caption_entities")
def send_photo(state: State, params: Params) -> Result:
    return _send(state, params, state.files.sent_by_bot(params["photo"], photo=True))


def _send(state: State, params: Params, file: StoredFile) -> Result:
    text, rows = caption(params), keyboard(params)
    chat = admitted_chat(state, params)
    message = state.post(
        chat,
        "bot",
        state.bot.as_user(),
        text=text,
        keyboard=rows,
        reply_to=replied_to(chat, params),
        extra=extra(params),
        document=None if file.measures else file,
        photo=file if file.measures else None,
    )
    return Result(message.as_json())


@simulated("getFile", "file_id")
def get_file(state: State, params: Params) -> Result:
    file = state.files.find(params["file_id"])
    if file is None:
        raise bad_request("invalid file_id")
    if file.size > MAX_BOT_DOWNLOAD:
        raise bad_request("file is too big")
    return Result(file.as_file())
