//! Cases of persons after HTCDS 2.0: taken in, taken out, erased.
//!
//! Every action takes the right to work with cases. Who a case is about leaves only on demand, and every time that
//! it does stands in the audit log.

pub mod erase;
pub mod export;
pub mod import;
pub mod list;

mod house_key;
