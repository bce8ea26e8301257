"""The made-up district lies where it should, and is the same on every run."""

from collections import Counter

import pytest

from gwanje.domain.cameras import check_stream_uri
from gwanje.simulator.district import boundary, inside, make_district


def test_every_site_lies_inside_the_district() -> None:
    district = make_district(200, "127.0.0.1", 8000, 8001)
    assert all(inside(s.longitude, s.latitude, boundary()) for s in district.sites)
    assert all(inside(c.longitude, c.latitude, boundary()) for c in district.cameras)
    assert len({(s.longitude, s.latitude) for s in district.sites}) == len(district.sites)


def test_a_point_outside_is_told_from_one_inside() -> None:
    assert inside(126.936, 37.577, boundary())
    assert not inside(126.978, 37.566, boundary())  # the city hall, in the district next to it


def test_it_has_the_shape_of_a_centre() -> None:
    district = make_district(893, "127.0.0.1", 8000, 8001)
    assert [c.number for c in district.cameras] == list(range(1, 894))
    assert len(district.departments) == 7
    assert {s.department_id for s in district.sites} == {d.id for d in district.departments}
    assert 2.1 < 893 / len(district.sites) < 2.7
    assert 0.25 < sum(c.ptz for c in district.cameras) / 893 < 0.4
    assert district.cameras[0].ptz
    assert len({c.id for c in district.cameras}) == 893
    assert len({c.name for c in district.cameras}) == 893
    assert Counter(c.site_id for c in district.cameras).keys() == {s.id for s in district.sites}


def test_it_is_the_same_on_every_run_and_at_every_address() -> None:
    one, other = make_district(40, "127.0.0.1", 8000, 8001), make_district(40, "cameras.example", 9000, 9001)
    assert one.sites == other.sites
    assert [(c.id, c.name) for c in one.cameras] == [(c.id, c.name) for c in other.cameras]
    assert one == make_district(40, "127.0.0.1", 8000, 8001)


def test_addresses() -> None:
    camera = make_district(3, "127.0.0.1", 8000, 8001).cameras[2]
    assert camera.device_address == "http://127.0.0.1:8000/cam3/onvif/device_service"
    assert check_stream_uri(camera.main_uri) == "rtsp://127.0.0.1:8001/cam3/main"
    assert check_stream_uri(camera.sub_uri) == "rtsp://127.0.0.1:8001/cam3/sub"
    assert (camera.main_profile, camera.sub_profile, camera.user) == ("main", "sub", "operator")


def test_none_is_not_a_district() -> None:
    with pytest.raises(ValueError, match="at least one"):
        make_district(0, "127.0.0.1", 1, 2)
