//! What two parties, or the public, may learn without being shown the rest.
//!
//! - [`oprf`]: the oblivious pseudorandom function of RFC 9497, many values at a time.
//! - [`sealed`]: a set of pseudorandom values, packed so that membership can be looked up and nothing else read.
//! - [`matching`]: which values two lists have in common, or only how many of each case.
//! - [`noise`], [`counts`]: tables of counts that may be published, with exact noise or with small counts left out.
//!
//! Secrets come in as seeds, and no function prints or stores one. Nothing here knows a wire format (`share`), a
//! signature (`notice`), a limit of use (`app`) or a file.

pub mod counts;
pub mod matching;
pub mod noise;
pub mod oprf;
pub mod sealed;
