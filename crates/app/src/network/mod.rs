//! The network: identifiers, campaigns, sites and wallets, tied by evidence.

pub mod build;
