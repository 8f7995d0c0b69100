//! The network: identifiers, campaigns, sites and wallets, tied by evidence.

pub mod build;
pub mod explore;
pub mod export;
pub mod find;
pub mod mark;
pub mod observe;
pub mod parts;
pub mod save;
pub mod view;
