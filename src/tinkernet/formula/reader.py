"""Reads a formula by recursive descent.

    sum      = product {("+" | "-") product}
    product  = signed {["*" | "/"] signed}
    signed   = ("-" | "+") signed | power
    power    = atom ["^" signed]
    atom     = number | name | function "(" sum {"," sum} ")" | "(" sum ")"

A multiplication may be written without its sign after a number, a parenthesis or a subscript: 3x, x₁x₂, (x+1)(y−1).
"""

from collections.abc import Sequence
from functools import lru_cache

from tinkernet.checks import suggestion
from tinkernet.formatting import count
from tinkernet.formula.errors import FormulaError
from tinkernet.formula.evaluation import constant
from tinkernet.formula.operations import FUNCTIONS, MOST_POWER, NEGATE, POWER, QUANTITIES
from tinkernet.formula.tokens import BELOW, Token, tokens_of
from tinkernet.formula.tree import Column, Name, Node, Number, Operation, Place

LONGEST = 200
MOST_DEPTH = 20
MOST_OPERATIONS = 50
EXAMPLE = "sin(3*x)"


class Reader:
    """Reads one formula over these columns."""

    def __init__(self, text: str, columns: Sequence[Column]) -> None:
        self._text = text
        if len(text) > LONGEST:
            raise self._error(Place(LONGEST, len(text) - LONGEST), f"it is longer than {LONGEST} characters")
        self._tokens = list(tokens_of(text))
        self._at = self._depth = self._operations = 0
        self._columns, self._names = _names(tuple(columns))

    def read(self) -> Node:
        """The formula.

        Raises:
            FormulaError: the text is not a formula.
        """
        if self._token.kind == "end":
            raise self._error(Place(0, 1), f"a formula is missing, such as {EXAMPLE}")
        node = self._sum()
        if self._at < len(self._tokens) - 1:
            raise self._unexpected()
        return node

    def _sum(self) -> Node:
        node = self._product()
        while self._sign() in ("+", "-"):
            operator = self._next()
            node = self._operation(operator.text, (node, self._product()))
        return node

    def _product(self) -> Node:
        node = self._signed()
        while True:
            if self._sign() in ("*", "/"):
                node = self._operation(self._next().text, (node, self._signed()))
            elif self._before.closed and (self._token.kind == "name" or self._sign() == "("):
                node = self._operation("*", (node, self._signed()))
            else:
                return node

    def _signed(self) -> Node:
        if self._sign() not in ("+", "-"):
            return self._power()
        sign = self._next()
        self._enter()
        operand = self._signed()
        self._depth -= 1
        return operand if sign.text == "+" else self._operation(NEGATE, (operand,), sign.place)

    def _power(self) -> Node:
        base = self._atom()
        if self._sign() != POWER:
            return base
        self._next()
        self._enter()
        exponent = self._signed()
        self._depth -= 1
        size = constant(exponent)
        if size is not None and not abs(size) <= MOST_POWER:
            limits = f"an exponent must be from −{count(MOST_POWER)} to {count(MOST_POWER)}"
            raise self._error(exponent.place, limits)
        return self._operation(POWER, (base, exponent))

    def _atom(self) -> Node:
        token = self._token
        if token.kind == "number":
            self._next()
            value = float(token.text)
            if value == float("inf"):
                raise self._error(token.place, "this number is too large")
            return Number(value, token.place)
        if token.kind == "name":
            self._next()
            return self._call(token) if self._is_function(token) else self._name(token)
        if self._sign() == "(":
            (inside,), _ = self._enclosed()
            return inside
        raise self._unexpected()

    def _is_function(self, token: Token) -> bool:
        known = token.text in self._names
        return not known and token.text.lower() in FUNCTIONS

    def _call(self, token: Token) -> Node:
        function = FUNCTIONS[token.text.lower()]
        if self._sign() != "(":
            raise self._error(token.place, f"{function.name} needs parentheses, as in {function.name}(…)")
        values, end = self._enclosed(several=True)
        if not function.least <= len(values) <= function.most:
            wanted = "1 value" if function.most == 1 else f"{function.least} to {function.most} values"
            raise self._error(token.place.to(end), f"{function.name} takes {wanted}, not {len(values)}")
        return self._operation(function.name, tuple(values), token.place.to(end))

    def _name(self, token: Token) -> Node:
        found = self._names.get(token.text)
        if found is None:
            alike = {name for known, name in self._names.items() if known.lower() == token.text.lower()}
            if len(alike) != 1:
                raise self._error(token.place, f"“{token.text}” is not known{self._instead(token.text)}")
            (found,) = alike
        if self._sign() == "(" and not token.closed:
            reason = f"“{token.text}” is not a function; a multiplication is written {token.text}*(…)"
            raise self._error(token.place, reason)
        return Name(found, token.place)

    def _instead(self, name: str) -> str:
        """What may be meant by a name that is not known."""
        for at in range(1, len(name)):
            if name[:at] in self._names and name[at:] in self._names:
                return f" (did you mean {name[:at]}*{name[at:]}?)"
        return suggestion(name, [*self._names, *FUNCTIONS]) or f"; use {', '.join(self._columns)} or a function"

    def _enclosed(self, *, several: bool = False) -> tuple[list[Node], Place]:
        """What is between two parentheses, and the place of the closing one."""
        opening = self._next()
        self._enter()
        values = [self._sum()]
        while several and self._sign() == ",":
            self._next()
            values.append(self._sum())
        if self._token.kind == "end":
            raise self._error(opening.place, "“(” is never closed")
        if self._sign() != ")":
            raise self._unexpected()
        self._depth -= 1
        return values, self._next().place

    # --- Tokens ------------------------------------------------------------------

    @property
    def _token(self) -> Token:
        return self._tokens[self._at]

    @property
    def _before(self) -> Token:
        return self._tokens[self._at - 1]

    def _sign(self) -> str:
        """The sign that is next; empty if it is none."""
        return self._token.text if self._token.kind == "sign" else ""

    def _next(self) -> Token:
        self._at += 1
        return self._before

    def _operation(self, name: str, operands: tuple[Node, ...], begin: Place | None = None) -> Operation:
        self._operations += 1
        place = (begin or operands[0].place).to(operands[-1].place)
        if begin is not None and name in FUNCTIONS:
            place = begin
        if self._operations > MOST_OPERATIONS:
            raise self._error(place, f"there are more than {MOST_OPERATIONS} operations")
        return Operation(name, operands, place)

    def _enter(self) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            reason = f"there are more than {MOST_DEPTH} levels of parentheses, signs and powers"
            raise self._error(self._token.place, reason)

    def _unexpected(self) -> FormulaError:
        """What is wrong at the present token, which is not what may stand there."""
        token = self._token
        before = self._before if self._at > 0 else None
        operand_missing = before is None or (before.kind == "sign" and before.text != ")")
        if operand_missing and before is not None and (token.kind in ("sign", "end")) and token.text != "(":
            return self._error(before.place, f"a number or a name is missing after “{self._written(before)}”")
        shown = self._written(token)
        if token.text == ")":
            return self._error(token.place, "“)” has no “(”" if self._depth == 0 else "a value is missing")
        if token.text == ",":
            return self._error(token.place, "a comma may stand only between the values of a function")
        if operand_missing:
            return self._error(token.place, f"a number or a name is missing before “{shown}”")
        return self._error(token.place, f"an operator is missing before “{shown}”")

    def _written(self, token: Token) -> str:
        """The token as it stands in the text."""
        return self._text[token.place.start : token.place.start + token.place.length]

    def _error(self, place: Place, reason: str) -> FormulaError:
        return FormulaError(self._text, place, reason)


@lru_cache(maxsize=64)
def _names(columns: tuple[Column, ...]) -> tuple[dict[str, str], dict[str, str]]:
    """The names of the columns, and all names that a formula over them may have with what each stands for."""
    own = {column.name: column.name for column in columns}
    aliases = {alias: column.name for column in columns for alias in (column.symbol, _plain(column.symbol))}
    quantities = [entry for entry in QUANTITIES.values() if entry.columns <= len(columns)]
    named = {alias: entry.name for entry in quantities for alias in (entry.symbol, entry.name)}
    return own, {**named, **aliases, **own}


def _plain(symbol: str) -> str:
    """A symbol with its subscript as digits: x₁ as x1."""
    return "".join(str(BELOW.index(sign)) if sign in BELOW else sign for sign in symbol)
