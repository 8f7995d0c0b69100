//! Rule packs in folders: load, format.

pub mod format;
pub mod load;
