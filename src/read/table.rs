//! The tables that are open while a text is walked: which cell a paragraph stands in.

use crate::document::Cell;
use crate::error::{Error, Result};
use crate::limits;

/// The open tables, innermost last.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    open: Vec<Cell>,
    /// Tables met so far.
    pub(crate) count: u32,
    cells: u64,
}

impl Tables {
    /// A table begins.
    pub(crate) fn begin(&mut self) -> Result<()> {
        let nesting = self.open.len() as u64 + 1;
        if nesting > limits::TABLE_NESTING {
            return Err(Error::over("tables inside tables", nesting, limits::TABLE_NESTING));
        }
        self.open.push(Cell { table: self.count, columns: 1, rows: 1, ..Cell::default() });
        self.count = self.count.saturating_add(1);
        Ok(())
    }

    /// The innermost table ends.
    pub(crate) fn end(&mut self) {
        self.open.pop();
    }

    /// A cell begins.
    pub(crate) fn cell(&mut self) -> Result<()> {
        self.cells = self.cells.saturating_add(1);
        if self.cells > limits::TABLE_CELLS {
            return Err(Error::over("table cells", self.cells, limits::TABLE_CELLS));
        }
        if let Some(cell) = self.open.last_mut() {
            cell.columns = 1;
        }
        Ok(())
    }

    /// The open cell covers this many columns.
    pub(crate) fn span(&mut self, columns: u32) {
        if let Some(cell) = self.open.last_mut() {
            cell.columns = columns.clamp(1, 1000); // Word has at most 63 columns
        }
    }

    /// The open row is a header row.
    pub(crate) fn header(&mut self) {
        if let Some(cell) = self.open.last_mut() {
            cell.header = true;
        }
    }

    /// Columns are left out at the start of the row.
    pub(crate) fn skip(&mut self, columns: u32) {
        if let Some(cell) = self.open.last_mut() {
            cell.column = cell.column.saturating_add(columns.min(1000));
        }
    }

    /// The open cell ends.
    pub(crate) fn end_cell(&mut self) {
        if let Some(cell) = self.open.last_mut() {
            cell.column = cell.column.saturating_add(cell.columns);
        }
    }

    /// The open row ends.
    pub(crate) fn end_row(&mut self) {
        if let Some(cell) = self.open.last_mut() {
            cell.row = cell.row.saturating_add(1);
            cell.column = 0;
            cell.header = false;
        }
    }

    /// The cell in which text stands now.
    pub(crate) fn here(&self) -> Option<Cell> {
        self.open.last().copied()
    }

    /// Takes the open tables away while a text box is read, whose text is not the cell's.
    pub(crate) fn aside(&mut self) -> Vec<Cell> {
        std::mem::take(&mut self.open)
    }

    /// Puts them back.
    pub(crate) fn back(&mut self, open: Vec<Cell>) {
        self.open = open;
    }
}
