"""Grids of tiles. A layout is rows, columns and cells that cover the grid without overlap."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """A tile's place in the grid, in grid units."""

    column: int
    row: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Layout:
    """A named grid; the order of `cells` is the order of the tiles (0 is the first)."""

    name: str
    columns: int
    rows: int
    cells: tuple[Cell, ...]

    def __post_init__(self) -> None:
        taken: set[tuple[int, int]] = set()
        for cell in self.cells:
            for x in range(cell.column, cell.column + cell.columns):
                for y in range(cell.row, cell.row + cell.rows):
                    if not (0 <= x < self.columns and 0 <= y < self.rows):
                        raise ValueError(f"layout {self.name!r}: a cell leaves the grid at column {x}, row {y}")
                    if (x, y) in taken:
                        raise ValueError(f"layout {self.name!r}: two cells overlap at column {x}, row {y}")
                    taken.add((x, y))
        if len(taken) != self.columns * self.rows:
            raise ValueError(f"layout {self.name!r}: the cells do not cover the grid")

    def rectangles(self, width: int, height: int, gap: int = 1) -> list[tuple[int, int, int, int]]:
        """The tiles in a surface of width x height pixels, as (x, y, width, height), `gap` pixels apart."""
        xs = [round(i * (width + gap) / self.columns) for i in range(self.columns + 1)]
        ys = [round(i * (height + gap) / self.rows) for i in range(self.rows + 1)]
        return [
            (
                xs[c.column],
                ys[c.row],
                max(0, xs[c.column + c.columns] - gap - xs[c.column]),
                max(0, ys[c.row + c.rows] - gap - ys[c.row]),
            )
            for c in self.cells
        ]

    def neighbour(self, tile: int, dx: int, dy: int) -> int:
        """The tile that an arrow key reaches from `tile` (itself at the edge)."""
        here = self.cells[tile]
        x = here.column + here.columns if dx > 0 else here.column - 1 if dx < 0 else here.column
        y = here.row + here.rows if dy > 0 else here.row - 1 if dy < 0 else here.row
        for i, c in enumerate(self.cells):
            if c.column <= x < c.column + c.columns and c.row <= y < c.row + c.rows:
                return i
        return tile


def uniform(columns: int, rows: int) -> Layout:
    """A grid of equal tiles, row by row, named by the number of its tiles."""
    cells = tuple(Cell(x, y) for y in range(rows) for x in range(columns))
    return Layout(str(columns * rows), columns, rows, cells)


ONE_PLUS_FIVE = Layout("1+5", 3, 3, (Cell(0, 0, 2, 2), Cell(2, 0), Cell(2, 1), Cell(0, 2), Cell(1, 2), Cell(2, 2)))
LAYOUTS = {layout.name: layout for layout in (*(uniform(n, n) for n in (1, 2, 3, 4, 5)), ONE_PLUS_FIVE)}
"""What is offered to an operator, in the order of the keys."""
ALL_LAYOUTS = LAYOUTS | {layout.name: layout for layout in (uniform(n, n) for n in (6, 8, 10))}
"""What a wall can be arranged in: also 36, 64 and 100 tiles, for outputs that have the pixels."""
