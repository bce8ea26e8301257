"""Accounts of operators in the database; password hashes stay in this file."""

import logging
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any
from uuid import uuid4

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError
from sqlalchemy import Column, Connection, Select, Update, insert, select, update

from ..domain.errors import GwanjeError, NotFoundError, RecordsError, SignInError
from ..domain.operators import Operator, OperatorId, Role
from ._database import Database
from .account_rules import check_password, clean_name, name_key, password_bytes
from .schema import operator_roles as role_table
from .schema import operators as operator_table

_log = logging.getLogger(__name__)


class SqlOperatorBook:
    """The OperatorBook port (domain/ports.py).

    `hasher` says how much work a hash is: argon2id with the library's parameters (RFC 9106). A hash with other
    parameters is made anew when its operator signs in.
    """

    def __init__(self, database: Database, hasher: PasswordHasher | None = None) -> None:
        self._database = database
        self._hasher = hasher or PasswordHasher()

    @cached_property
    def _nobodys_hash(self) -> str:
        return self._hasher.hash(uuid4().bytes)

    def is_empty(self) -> bool:
        with self._database.read() as connection:
            return connection.execute(self._accounts(operator_table.c.id).limit(1)).first() is None

    def add(self, name: str, password: str, roles: frozenset[Role]) -> Operator:
        cleaned, key = clean_name(name), name_key(name)
        check_password(name, password)
        hashed = self._hasher.hash(password_bytes(password))
        operator = Operator(OperatorId(str(uuid4())), cleaned, frozenset(roles))
        mine = {"centre": self._database.centre}

        def add(connection: Connection) -> Operator:
            if connection.execute(self._accounts(operator_table.c.id).where(operator_table.c.name_key == key)).first():
                raise name_taken()
            account = {**mine, "id": operator.id, "name": cleaned, "name_key": key, "password_hash": hashed}
            connection.execute(insert(operator_table).values(account))
            if roles:
                rows = [{**mine, "operator_id": operator.id, "role": role.value} for role in sorted(roles)]
                connection.execute(insert(role_table), rows)
            return operator

        return self._database.write(add)

    def set_password(self, name: str, password: str) -> Operator:
        check_password(name, password)
        hashed = self._hasher.hash(password_bytes(password))

        def set_password(connection: Connection) -> Operator:
            accounts = self._accounts(operator_table.c.id, operator_table.c.name)
            row = connection.execute(accounts.where(operator_table.c.name_key == name_key(name))).first()
            if row is None:
                raise no_such_operator()
            operator = Operator(OperatorId(row.id), row.name, _roles_of(self._roles(connection, row.id)))
            connection.execute(self._update(row.id).values(password_hash=hashed))
            return operator

        return self._database.write(set_password)

    def verify(self, name: str, password: str) -> Operator:
        nobodys_hash = self._nobodys_hash  # made before anything else, so that no name makes the first call slower
        secret = password_bytes(password)
        columns = (operator_table.c.id, operator_table.c.name, operator_table.c.password_hash)
        with self._database.read() as connection:
            row = connection.execute(
                self._accounts(*columns).where(operator_table.c.name_key == name_key(name))
            ).first()
            roles = self._roles(connection, row.id if row else "")
        try:
            self._hasher.verify(nobodys_hash if row is None else row.password_hash, secret)
        except VerifyMismatchError:
            raise wrong_sign_in() from None
        except (VerificationError, InvalidHashError):
            _log.error("the password hash of an operator cannot be read")
            raise wrong_sign_in() from None
        if row is None:
            raise wrong_sign_in()
        self._renew_hash(row.id, row.password_hash, secret)
        return Operator(OperatorId(row.id), row.name, _roles_of(roles))

    def operators(self) -> list[Operator]:
        """By name."""
        with self._database.read() as connection:
            rows = connection.execute(self._accounts(operator_table.c.id, operator_table.c.name)).all()
            roles: dict[str, list[str]] = defaultdict(list)
            held = select(role_table.c.operator_id, role_table.c.role).where(
                role_table.c.centre == self._database.centre
            )
            for operator_id, role in connection.execute(held):
                roles[operator_id].append(role)
        found = [Operator(OperatorId(row.id), row.name, _roles_of(roles[row.id])) for row in rows]
        return sorted(found, key=lambda operator: (name_key(operator.name), operator.id))

    def _renew_hash(self, operator_id: str, stored: str, secret: bytes) -> None:
        if not self._hasher.check_needs_rehash(stored):
            return
        renewed = self._update(operator_id).where(operator_table.c.password_hash == stored)
        renewed = renewed.values(password_hash=self._hasher.hash(secret))
        try:
            self._database.write(lambda connection: connection.execute(renewed))
        except RecordsError:
            # Someone who may sign in is not turned away because the disk is full; the next sign-in tries again.
            _log.warning("the password hash of an operator could not be renewed")

    def _accounts(self, *columns: Column[Any]) -> Select[Any]:
        return select(*columns).where(operator_table.c.centre == self._database.centre)

    def _update(self, operator_id: str) -> Update:
        mine = operator_table.c.centre == self._database.centre
        return update(operator_table).where(mine, operator_table.c.id == operator_id)

    def _roles(self, connection: Connection, operator_id: str) -> Sequence[str]:
        held = select(role_table.c.role).where(
            role_table.c.centre == self._database.centre, role_table.c.operator_id == operator_id
        )
        return connection.execute(held).scalars().all()


def _roles_of(names: Iterable[str]) -> frozenset[Role]:
    try:
        return frozenset(Role(name) for name in names)
    except ValueError:
        raise RecordsError("an operator has a role that this version does not know", place="operators") from None


def name_taken() -> GwanjeError:
    return GwanjeError("there is an operator of this name", place="name", cure="choose another name")


def no_such_operator() -> NotFoundError:
    return NotFoundError("there is no operator of this name", place="name")


def wrong_sign_in() -> SignInError:
    return SignInError("name or password is wrong", cure="try again, or ask an administrator")
