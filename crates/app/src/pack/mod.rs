//! Rule packs: load, format, try out.

pub mod format;
pub mod load;
pub mod try_out;
