"""Which pictures can be trusted: a picture built on data that is missing is not whole, nor are those built on it."""

INTRA = 1  # AV_PICTURE_TYPE_I


class Wholeness:
    """Judges the pictures of one stream in the order in which they are decoded.

    Attributes:
        has_begun: whether a picture was seen that is worth showing; before, one may be grey or smeared all over.
        is_whole: what was said of the last picture.
    """

    def __init__(self) -> None:
        self.has_begun = False
        self.is_whole = True
        self._refreshing = False

    def judge(self, *, is_key: bool, picture_type: int, is_corrupt: bool, after_loss: bool) -> bool:
        """Whether the picture is whole.

        `is_corrupt` is the decoder's word for this very picture; it says nothing of the ones that refer to it.
        `after_loss`: packets were lost since the picture before. They may belong to this picture or to the next one,
        so not even a key frame is believed then.
        """
        if is_corrupt or after_loss:
            self.is_whole = self._refreshing = False
        elif is_key and picture_type == INTRA:
            self.is_whole = True
        elif is_key and not self.is_whole:
            # A recovery point of a stream without key frames: one round of its refresh has to follow.
            self.is_whole, self._refreshing = self._refreshing, True
        self.has_begun = self.has_begun or is_key or not is_corrupt
        return self.is_whole
