//! Rule packs: load, reload, format, try out.

pub mod format;
pub mod load;
pub mod reload;
pub mod try_out;
