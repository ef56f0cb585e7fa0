"""Class codes: enter one, and ask until when it holds."""

from fastapi import APIRouter, Request, Response

from app.class_codes import NAME, Classes
from app.guests import Guest
from app.origins import CLASS
from app.routes.responses import BODY_PROBLEMS, DescribedRoute, problems
from app.schemas.classes import ClassAnswer, ClassRequest

router = APIRouter(prefix=CLASS, tags=["classes"], route_class=DescribedRoute)


@router.get("", response_model=ClassAnswer, responses=problems(503))
def read(request: Request, guest: Guest) -> ClassAnswer:
    """Return whether this service has quotas, and until when the class code of the session holds."""
    classes: Classes | None = request.app.state.classes
    if classes is None:
        return ClassAnswer(quotas=False, until=None)
    code = classes.of(request.headers.getlist("cookie"), guest)
    return ClassAnswer(quotas=True, until=None if code is None else code.ends)


@router.post("", response_model=ClassAnswer, responses=BODY_PROBLEMS | problems(503, 507))
def enter(asked: ClassRequest, request: Request, response: Response, guest: Guest) -> ClassAnswer:
    """Enter a class code: until it ends, the session has no quotas. A service without quotas takes any."""
    classes: Classes | None = request.app.state.classes
    if classes is None:
        return ClassAnswer(quotas=False, until=None)
    code = classes.enter(asked.code, guest)
    response.set_cookie(
        NAME,
        classes.cookie(code, guest),
        max_age=max(0, int(code.until - classes.clock())),
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return ClassAnswer(quotas=True, until=code.ends)
