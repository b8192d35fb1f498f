//! Dates as schools write them, exact or vague, as intervals of days.

use jiff::civil::Date;

/// A date as it was written, with the days it may mean.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Dated {
    /// As written: "12/09/2024", "Summer 2025", "Autumn 2".
    pub text: String,
    /// First day it may mean; none if the year is not said.
    pub from: Option<Date>,
    /// Last day it may mean, inclusive; none if the year is not said.
    pub to: Option<Date>,
}
