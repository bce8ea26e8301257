"""Loading the ONVIF room is quick and changes nothing around it. Each test asks a fresh interpreter."""

import json
import os
import subprocess
import sys
from typing import Any


def ask(code: str, **environment: str) -> Any:
    """Run `code` in a new interpreter and return the JSON that it prints."""
    result = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_the_room_loads_no_soap_until_a_camera_is_asked() -> None:
    loaded = ask("import gwanje.onvif, sys, json; print(json.dumps(sorted(sys.modules)))")
    assert not {"zeep", "onvif", "requests", "lxml"} & set(loaded)


def test_logging_and_proxies_stay_as_they_were() -> None:
    before, after = ask(
        "import json, logging, os\n"
        "def state():\n"
        "    root = logging.getLogger()\n"
        "    proxies = {k: v for k, v in os.environ.items() if k.endswith('_proxy')}\n"
        "    return [root.level, [repr(h) for h in root.handlers], proxies]\n"
        "before = state()\n"
        "import gwanje.onvif._zeep_adapter\n"
        "print(json.dumps([before, state()]))",
        http_proxy="http://127.0.0.1:9",
        https_proxy="http://127.0.0.1:9",
    )
    assert before == after
    assert before[2] == {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9"}


def test_onvif_zeep_alone_would_change_logging() -> None:
    """Proves that the test above can fail: without the guard the root logger gets a handler and a level."""
    handlers = ask("import onvif, json, logging; print(json.dumps(len(logging.getLogger().handlers)))")
    assert handlers == 1


def test_a_deleted_proxy_comes_back() -> None:
    kept = ask(
        "import json, os, sys, types\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'onvif':\n"
        "            os.environ.pop('http_proxy', None)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "import gwanje.onvif._zeep_adapter\n"
        "print(json.dumps(os.environ.get('http_proxy')))",
        http_proxy="http://127.0.0.1:9",
    )
    assert kept == "http://127.0.0.1:9"


def test_the_proxy_of_the_environment_is_not_asked() -> None:
    """Cameras are dialled directly; through the proxy this would end as an error of the proxy, not as a refusal."""
    said = ask(
        "import json\n"
        "from gwanje.domain.cameras import Camera, CameraId, SiteId\n"
        "from gwanje.domain.errors import UnreachableError\n"
        "from gwanje.onvif import open_device\n"
        "import socket, threading\n"
        "proxy = socket.create_server(('127.0.0.1', 0)); proxy.settimeout(0)\n"
        "import os\n"
        "os.environ['http_proxy'] = f'http://127.0.0.1:{proxy.getsockname()[1]}'\n"
        "free = socket.create_server(('127.0.0.1', 0)); port = free.getsockname()[1]; free.close()\n"
        "camera = Camera(CameraId('c'), 1, 'Gate', SiteId('s'), '', 0, 0, '', device_address=f'127.0.0.1:{port}')\n"
        "try:\n"
        "    open_device(camera, None).info()\n"
        "except UnreachableError as error:\n"
        "    said = str(error)\n"
        "try:\n"
        "    proxy.accept(); asked = True\n"
        "except BlockingIOError:\n"
        "    asked = False\n"
        "print(json.dumps([said, asked]))",
        no_proxy="",
    )
    assert said == ["Gate: nothing takes the connection", False]
