//! The demonstration: the whole story on the input that ships inside.

pub mod run;
