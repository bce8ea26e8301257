"""Pictures in shared memory: whole, in order, with nothing left behind."""

import gc
import os
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from gwanje.videowall.engine.board import BoardReader, BoardWriter
from gwanje.videowall.engine.slots import PictureReader, PictureWriter
from gwanje.videowall.engine.wire import LineReader, to_line

WIDTH, HEIGHT = 33, 17


def _rows(colour: int, padding: int = 12) -> np.ndarray:
    return np.full((HEIGHT, WIDTH * 4 + padding), colour % 256, np.uint8)


def test_a_reader_sees_nothing_then_the_newest() -> None:
    writer = PictureWriter(7, 1, WIDTH, HEIGHT)
    reader = PictureReader(writer.memory.place, 7, 1, WIDTH, HEIGHT)
    assert reader.newest() is None
    for sequence in range(1, 6):
        writer.write([_rows(sequence)], sequence, 10.0 + sequence)
    picture = reader.newest()
    assert picture is not None
    assert (picture.sequence, picture.captured_at, picture.width, picture.height) == (5, 15.0, WIDTH, HEIGHT)
    assert bytes(picture.data) == bytes([5]) * (WIDTH * HEIGHT * 4)
    assert reader.newest() is picture
    writer.memory.release()


def test_a_picture_in_the_hand_outlives_two_more_and_the_writer() -> None:
    writer = PictureWriter(7, 1, WIDTH, HEIGHT)
    reader = PictureReader(writer.memory.place, 7, 1, WIDTH, HEIGHT)
    writer.write([_rows(1)], 1, 0.0)
    picture = reader.newest()
    writer.write([_rows(2)], 2, 0.0)
    writer.write([_rows(3)], 3, 0.0)
    writer.memory.release()
    del writer, reader
    gc.collect()
    assert picture is not None and set(picture.data) == {1}


def test_memory_of_another_session_or_size_is_not_taken_for_ours() -> None:
    writer = PictureWriter(7, 1, WIDTH, HEIGHT)
    for session, generation, width in ((8, 1, WIDTH), (7, 2, WIDTH), (7, 1, WIDTH - 1)):
        with pytest.raises(ValueError):
            PictureReader(writer.memory.place, session, generation, width, HEIGHT)
    place = writer.memory.place
    writer.memory.release()
    with pytest.raises((OSError, ValueError)):
        PictureReader(place, 7, 1, WIDTH, HEIGHT)


def test_the_reader_cannot_write() -> None:
    writer = PictureWriter(7, 1, WIDTH, HEIGHT)
    reader = PictureReader(writer.memory.place, 7, 1, WIDTH, HEIGHT)
    writer.write([_rows(1)], 1, 0.0)
    picture = reader.newest()
    assert picture is not None and picture.data.readonly
    writer.memory.release()


def test_a_busy_writer_never_shows_half_a_picture() -> None:
    writer = PictureWriter(7, 1, 160, 90)
    reader = PictureReader(writer.memory.place, 7, 1, 160, 90)
    frames = [np.full((90, 160 * 4), colour, np.uint8) for colour in range(251)]
    done = threading.Event()

    def write() -> None:
        sequence = 0
        while not done.is_set():
            sequence += 1
            writer.write([frames[sequence % 251]], sequence, 0.0)
            done.wait(0.002)

    thread = threading.Thread(target=write)
    thread.start()
    last, seen = 0, 0
    deadline = time.monotonic() + 1.0
    try:
        while time.monotonic() < deadline:
            picture = reader.newest()
            if picture is None or picture.sequence == last:
                continue
            assert picture.sequence > last
            last, seen = picture.sequence, seen + 1
            assert set(bytes(picture.data)) == {last % 251}
    finally:
        done.set()
        thread.join()
    writer.memory.release()
    assert seen > 20


def test_nothing_stays_open_or_mapped() -> None:
    def used() -> tuple[int, int]:
        gc.collect()
        return len(os.listdir("/proc/self/fd")), Path("/proc/self/maps").read_text().count("memfd:gwanje")

    before = used()
    for sequence in range(1, 21):
        writer = PictureWriter(7, sequence, WIDTH, HEIGHT)
        reader = PictureReader(writer.memory.place, 7, sequence, WIDTH, HEIGHT)
        writer.write([_rows(1)], sequence, 0.0)
        assert reader.newest() is not None
        writer.memory.release()
        del writer, reader
    assert used() == before


def test_the_board_tells_each_session_apart() -> None:
    writer = BoardWriter()
    reader = BoardReader(writer.memory.place)
    writer.heart_beats(3.5)
    writer.data_came(1, 4.0)
    writer.picture_came(2, 9, 5.0, is_new=True)
    writer.picture_came(2, 10, 6.0, is_new=False)
    assert reader.heart_beat() == 3.5
    assert (reader.beat(1).data_at, reader.beat(1).decoded_at) == (4.0, None)
    assert (reader.beat(2).decoded_at, reader.beat(2).changed_at) == (6.0, 5.0)
    writer.clear(2)
    assert reader.beat(2).decoded_at is None
    writer.memory.release()


def test_lines_survive_any_cut() -> None:
    messages = [{"say": "ready", "place": "관제"}, {"say": "counted", "sessions": [[1, 2.5]]}]
    stream = b"".join(to_line(message) for message in messages)
    for size in (1, 3, 7, len(stream)):
        reader = LineReader()
        heard = [m for at in range(0, len(stream), size) for m in reader.feed(stream[at : at + size])]
        assert heard == messages
    with pytest.raises(ValueError):
        list(LineReader().feed(b"[1]\n"))
