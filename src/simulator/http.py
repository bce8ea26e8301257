"""The HTTP side: ONVIF calls and snapshots of every camera, and the control interface."""

import asyncio
import ipaddress
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import Executor

from aiohttp import web

from ..domain.errors import GwanjeError
from . import service_device, service_media, service_ptz, soap
from .camera import SimulatedCamera
from .digest import Verdict
from .encoder import SPECS
from .faults import Fault, FaultKind
from .rtsp import Endpoint
from .snapshot import snapshot

_log = logging.getLogger(__name__)

_LARGEST_CALL = 256 * 1024
FaultChanged = Callable[[SimulatedCamera], None]


class HttpSide:
    """Handlers over the cameras of a district. `fault_changed` is called after a fault was switched on or off."""

    def __init__(self, endpoints: Mapping[int, Endpoint], pool: Executor, fault_changed: FaultChanged) -> None:
        self._endpoints = endpoints
        self._pool = pool
        self._fault_changed = fault_changed
        self._operations = (
            service_device.OPERATIONS | service_media.operations(self._request_key_frame) | service_ptz.OPERATIONS
        )

    def application(self) -> web.Application:
        app = web.Application(client_max_size=_LARGEST_CALL)
        app.router.add_post("/cam{number:[0-9]+}/onvif/{service}", self._onvif)
        app.router.add_get("/cam{number:[0-9]+}/snapshot.jpg", self._snapshot)
        app.router.add_get("/control/cameras", self._local(self._list))
        app.router.add_get("/control/cameras/{number:[0-9]+}", self._local(self._one))
        app.router.add_get("/control/cameras/{number:[0-9]+}/fault", self._local(self._get_fault))
        app.router.add_put("/control/cameras/{number:[0-9]+}/fault", self._local(self._put_fault))
        app.router.add_delete("/control/cameras/{number:[0-9]+}/fault", self._local(self._delete_fault))
        return app

    def _endpoint(self, request: web.Request) -> Endpoint:
        endpoint = self._endpoints.get(int(request.match_info["number"]))
        if endpoint is None:
            raise web.HTTPNotFound(text="there is no such camera")
        return endpoint

    async def _camera(self, request: web.Request) -> SimulatedCamera:
        """The camera that a device request is for, after its fault had its say."""
        camera = self._endpoint(request).camera
        if camera.fault is not None and camera.fault.kind is FaultKind.SLOW:
            await asyncio.sleep(camera.fault.delay_s)
        if camera.has_fault(FaultKind.REFUSE):
            raise web.HTTPServiceUnavailable(headers={"Connection": "close"})
        return camera

    # --- devices ----------------------------------------------------------------------------------------------------

    def _request_key_frame(self, number: int, profile: str) -> None:
        self._endpoints[number].streams[profile].request_key_frame()

    async def _onvif(self, request: web.Request) -> web.Response:
        camera = await self._camera(request)
        try:
            header, element = soap.parse(await request.read())
            refused = self._refused(camera, request, header, element)
            if refused is not None:
                return refused
            answer = soap.envelope(self._perform(camera, request, element))
        except soap.SoapFault as fault:
            return web.Response(
                status=fault.status, body=soap.fault(fault), headers={"Content-Type": soap.CONTENT_TYPE}
            )
        return web.Response(body=answer, headers={"Content-Type": soap.CONTENT_TYPE})

    def _refused(
        self, camera: SimulatedCamera, request: web.Request, header: soap.Element | None, element: soap.Element
    ) -> web.Response | None:
        """None when the caller may: HTTP Digest or WS-UsernameToken is right, or none is needed."""
        if element.tag in service_device.OPEN_TO_ALL:
            return None
        if "Authorization" in request.headers:
            verdict = _digest_verdict(camera, request)
            if verdict is not Verdict.ACCEPTED:
                return _challenge(camera, stale=verdict is Verdict.STALE)
            return None
        if header is not None and soap.has_token(header):
            if not soap.token_is_good(header, camera, time.time()):
                raise soap.not_authorized()
            return None
        return _challenge(camera, stale=False)

    def _perform(self, camera: SimulatedCamera, request: web.Request, element: soap.Element) -> soap.Element:
        operation = self._operations.get(str(element.tag))
        if operation is None or (element.tag in service_ptz.OPERATIONS and not camera.camera.ptz):
            raise soap.SoapFault("The action is not supported", "ActionNotSupported", code="Receiver", status=500)
        base_url = camera.camera.device_address.removesuffix("/onvif/device_service")
        return operation(soap.Call(camera, element, base_url, time.time(), time.monotonic()))

    async def _snapshot(self, request: web.Request) -> web.Response:
        camera = await self._camera(request)
        verdict = _digest_verdict(camera, request)
        if verdict is not Verdict.ACCEPTED:
            return _challenge(camera, stale=verdict is Verdict.STALE)
        spec = SPECS.get(request.query.get("profile", "main"))
        if spec is None:
            raise web.HTTPNotFound(text="there is no such profile")
        camera.begin_watch()
        try:
            loop = asyncio.get_running_loop()
            body = await loop.run_in_executor(self._pool, snapshot, camera, spec.width, spec.height)
        finally:
            camera.end_watch()
        return web.Response(body=body, content_type="image/jpeg", headers={"Cache-Control": "no-store"})

    # --- control ----------------------------------------------------------------------------------------------------

    def _local(
        self, handler: Callable[[web.Request], Awaitable[web.Response]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """The control interface answers this machine only, and no page of a browser."""

        async def guarded(request: web.Request) -> web.Response:
            peer = request.transport.get_extra_info("peername") if request.transport else None
            if not peer or not ipaddress.ip_address(peer[0]).is_loopback or "Origin" in request.headers:
                raise web.HTTPForbidden
            return await handler(request)

        return guarded

    async def _list(self, request: web.Request) -> web.Response:
        del request
        return web.json_response([_facts(e) for e in self._endpoints.values()])

    async def _one(self, request: web.Request) -> web.Response:
        return web.json_response(_facts(self._endpoint(request)))

    async def _get_fault(self, request: web.Request) -> web.Response:
        fault = self._endpoint(request).camera.fault
        return web.json_response(None if fault is None else fault.to_json())

    async def _put_fault(self, request: web.Request) -> web.Response:
        camera = self._endpoint(request).camera
        try:
            camera.fault = Fault.from_json(await request.json())
        except json.JSONDecodeError:
            raise web.HTTPBadRequest(text="the body is not JSON") from None
        except GwanjeError as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        _log.info("camera %d: fault %s on", camera.number, camera.fault.kind)
        self._fault_changed(camera)
        return web.json_response(camera.fault.to_json())

    async def _delete_fault(self, request: web.Request) -> web.Response:
        camera = self._endpoint(request).camera
        camera.fault = None
        _log.info("camera %d: no fault", camera.number)
        self._fault_changed(camera)
        return web.json_response(None)


def _digest_verdict(camera: SimulatedCamera, request: web.Request) -> Verdict:
    header = request.headers.get("Authorization", "")
    return camera.http_guard.check(header, request.method, camera.user, camera.password)


def _challenge(camera: SimulatedCamera, *, stale: bool) -> web.Response:
    return web.Response(
        status=401,
        body=soap.fault(soap.not_authorized()),
        headers={"WWW-Authenticate": camera.http_guard.challenge(stale=stale), "Content-Type": soap.CONTENT_TYPE},
    )


def _facts(endpoint: Endpoint) -> dict[str, object]:
    camera, now = endpoint.camera, time.monotonic()
    position = camera.head.position(now)
    return {
        "number": camera.number,
        "name": camera.camera.name,
        "fault": None if camera.fault is None else camera.fault.to_json(),
        "ptz": camera.camera.ptz,
        "position": {"pan": position.pan, "tilt": position.tilt, "zoom": position.zoom},
        "moving": any(camera.head.moving(now)),
        "moves": camera.head.moves,
        "stops": camera.head.stops,
        "viewers": {profile: stream.viewers for profile, stream in endpoint.streams.items()},
        "frames_sent": {profile: stream.frames_sent for profile, stream in endpoint.streams.items()},
    }
