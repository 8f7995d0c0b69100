//! Addresses of crypto-assets and bank account numbers: what carries a checksum.

use bech32::{Hrp, segwit};
use forewarn_model::{CryptoChain, ObservableKind};
use iban::{Iban, IbanLike};
use sha3::{Digest, Keccak256};

use super::{Candidates, Found};

/// Version bytes of Base58Check addresses, by the first character. Litecoin's old addresses share the
/// version of Bitcoin's and read as Bitcoin.
const BASE58: &[(u8, u8, CryptoChain)] = &[
    (b'1', 0x00, CryptoChain::Bitcoin),
    (b'3', 0x05, CryptoChain::Bitcoin),
    (b'T', 0x41, CryptoChain::Tron),
    (b'L', 0x30, CryptoChain::Litecoin),
    (b'M', 0x32, CryptoChain::Litecoin),
];

/// Human-readable parts of segregated-witness addresses (BIP 173, BIP 350).
const SEGWIT: &[(&str, CryptoChain)] = &[("bc", CryptoChain::Bitcoin), ("ltc", CryptoChain::Litecoin)];

/// The longest IBAN, without spaces (ISO 13616).
const IBAN_SIGNS_MAX: usize = 34;
/// The shortest in the registry.
const IBAN_SIGNS_MIN: usize = 15;

pub(super) fn find(candidates: &Candidates, found: &mut Found<'_>) {
    for &(start, end) in &candidates.codes {
        let original = found.folded.original(found.folded.span(start, end));
        // Case carries information: the address is read as it was written.
        if original.len() == end - start
            && original.is_ascii()
            && let Some((chain, value)) = crypto(original)
        {
            found.add(ObservableKind::Crypto(chain), value, start, end);
            found.take(start, end);
        }
    }
    for &start in &candidates.ibans {
        if !found.is_taken(start, start + 4)
            && let Some((end, value)) = iban(found, start)
        {
            found.add(ObservableKind::Iban, value, start, end);
            found.take(start, end);
        }
    }
}

fn crypto(text: &str) -> Option<(CryptoChain, String)> {
    base58(text).or_else(|| bech32(text)).or_else(|| ethereum(text))
}

fn base58(text: &str) -> Option<(CryptoChain, String)> {
    let &(_, version, chain) = BASE58.iter().find(|row| row.0 == text.as_bytes()[0])?;
    let bytes = bs58::decode(text).with_check(Some(version)).into_vec().ok()?;
    // One version byte and a hash of 160 bits.
    (bytes.len() == 21).then(|| (chain, text.to_owned()))
}

fn bech32(text: &str) -> Option<(CryptoChain, String)> {
    let &(part, chain) = SEGWIT.iter().find(|row| {
        text.get(..row.0.len()).is_some_and(|start| start.eq_ignore_ascii_case(row.0))
            && text.as_bytes().get(row.0.len()) == Some(&b'1')
    })?;
    let (hrp, _, _) = segwit::decode(text).ok()?;
    (hrp == Hrp::parse(part).ok()?).then(|| (chain, text.to_ascii_lowercase()))
}

/// Forty hexadecimal digits after 0x, in one case or with the checksum of EIP-55 in their cases. The value
/// has the checksum.
fn ethereum(text: &str) -> Option<(CryptoChain, String)> {
    let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"))?;
    if digits.len() != 40 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let lower = digits.to_ascii_lowercase();
    let hash = Keccak256::digest(lower.as_bytes());
    let checked: String = lower
        .chars()
        .enumerate()
        .map(|(at, c)| {
            let nibble = hash[at / 2] >> (4 * (1 - at % 2)) & 0x0F;
            if nibble >= 8 { c.to_ascii_uppercase() } else { c }
        })
        .collect();
    let one_case = digits == lower || digits == digits.to_ascii_uppercase();
    (one_case || digits == checked).then(|| (CryptoChain::Ethereum, format!("0x{checked}")))
}

/// An IBAN from `start`, written in one piece or in groups with single spaces between them.
fn iban(found: &Found<'_>, start: usize) -> Option<(usize, String)> {
    let bytes = found.folded.text().as_bytes();
    let mut signs = String::new();
    let mut ends = Vec::new();
    let mut at = start;
    while signs.len() < IBAN_SIGNS_MAX {
        match bytes.get(at) {
            Some(&byte) if byte.is_ascii_alphanumeric() => {
                signs.push(char::from(byte.to_ascii_uppercase()));
                at += 1;
                ends.push(at);
            }
            Some(b' ') if bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) => at += 1,
            _ => break,
        }
    }
    (IBAN_SIGNS_MIN..=signs.len()).rev().find_map(|len| {
        // It ends where a word ends.
        let end = ends[len - 1];
        if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            return None;
        }
        let iban: Iban = signs[..len].parse().ok()?;
        Some((end, iban.electronic_str().to_owned()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;

    #[test]
    fn verifies_base58_addresses() {
        // The genesis block's address, and one from BIP 16 tests; a changed letter fails the checksum.
        check("BTC 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", &["crypto:btc 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa"]);
        check("BTC 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", &[]);
        check(
            "pay 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy now",
            &["crypto:btc 3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"],
        );
        check("USDT TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t", &["crypto:tron TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"]);
    }

    #[test]
    fn verifies_bech32_addresses() {
        // From BIP 173 and BIP 350.
        check(
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            &["crypto:btc bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"],
        );
        check("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", &[]);
        check(
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
            &["crypto:btc bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"],
        );
    }

    #[test]
    fn verifies_ethereum_addresses() {
        // From EIP-55.
        let value = &["crypto:eth 0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"];
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", value);
        check("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", value);
        check("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", &[]);
        check("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beae", &[]);
    }

    #[test]
    fn verifies_bank_accounts() {
        // From the registry of ISO 13616.
        check("IBAN GB29 NWBK 6016 1331 9268 19.", &["iban GB29NWBK60161331926819"]);
        check("de89370400440532013000", &["iban DE89370400440532013000"]);
        check("DE89 3704 0044 0532 0130 01", &[]);
        check("AE07 0331 2345 6789 0123 456 call", &["iban AE070331234567890123456"]);
    }
}
