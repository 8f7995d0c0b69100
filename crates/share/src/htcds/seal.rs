//! Seals what tells who somebody is: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha) under a key of the case, which is
//! itself sealed under the key of the house, which lies in a file sealed under a passphrase (scrypt, RFC 7914).
//!
//! So each case can be made unreadable for ever by forgetting 72 bytes, and a copy of the database tells nothing
//! without the file and its passphrase. Randomness comes in; a nonce may never be used twice with one key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A key.
pub type SecretKey = [u8; 32];

/// A nonce: random, long enough that no two are ever the same.
pub type Nonce = [u8; 24];

/// Why something could not be sealed or opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SealError {
    /// Another key, or changed bytes.
    #[error("open sealed data: the key is not the one, or the data was changed")]
    Open,
    /// It could not be sealed.
    #[error("seal data: {0}")]
    Seal(&'static str),
    /// Not a key file.
    #[error("read case key: expected a file of the form forewarn/case-key/1")]
    Form,
    /// Another passphrase, or a changed file.
    #[error("read case key: the passphrase is not the one, or the file was changed")]
    Passphrase,
    /// Too easy to guess.
    #[error("seal case key: the passphrase is shorter than {PASSPHRASE_CHARS_MIN} characters")]
    Short,
}

/// Shortest passphrase that is taken, in characters.
pub const PASSPHRASE_CHARS_MIN: usize = 12;

/// How much work a guess costs: 2^17 rounds of 8 blocks with 128 MiB of memory (one of OWASP's settings for
/// scrypt).
const SCRYPT: (u8, u32, u32) = (17, 8, 1);

const FORMAT: &str = "forewarn/case-key/1";

/// Seals bytes; `about` is bound to them: what was sealed for one case does not open as that of another. The nonce
/// stands before the rest.
pub fn seal(plain: &[u8], key: &SecretKey, nonce: Nonce, about: &str) -> Result<Vec<u8>, SealError> {
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: plain, aad: about.as_bytes() };
    let sealed = cipher.encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError::Seal("too long"))?;
    Ok([&nonce[..], &sealed[..]].concat())
}

/// Opens what was sealed.
pub fn open(sealed: &[u8], key: &SecretKey, about: &str) -> Result<Vec<u8>, SealError> {
    let (nonce, rest) = sealed.split_first_chunk::<24>().ok_or(SealError::Open)?;
    let cipher = XChaCha20Poly1305::new(&Key::from(*key));
    let payload = Payload { msg: rest, aad: about.as_bytes() };
    cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| SealError::Open)
}

#[derive(Serialize, Deserialize)]
struct KeyFile {
    format: String,
    salt: String,
    sealed: String,
}

/// The key of the house as a file.
pub fn write_key(
    key: &SecretKey,
    passphrase: &str,
    salt: [u8; 16],
    nonce: Nonce,
) -> Result<String, SealError> {
    if passphrase.chars().count() < PASSPHRASE_CHARS_MIN {
        return Err(SealError::Short);
    }
    let sealed = seal(key, &stretched(passphrase, &salt)?, nonce, FORMAT)?;
    let file =
        KeyFile { format: FORMAT.to_owned(), salt: BASE64.encode(salt), sealed: BASE64.encode(sealed) };
    serde_json::to_string_pretty(&file).map_err(|_| SealError::Seal("it has no form in JSON"))
}

/// The key of the house out of its file.
pub fn read_key(file: &str, passphrase: &str) -> Result<SecretKey, SealError> {
    let file: KeyFile = serde_json::from_str(file).map_err(|_| SealError::Form)?;
    if file.format != FORMAT {
        return Err(SealError::Form);
    }
    let decoded = |text: &str| BASE64.decode(text).map_err(|_| SealError::Form);
    let (salt, sealed) = (decoded(&file.salt)?, decoded(&file.sealed)?);
    let key = open(&sealed, &stretched(passphrase, &salt)?, FORMAT).map_err(|_| SealError::Passphrase)?;
    SecretKey::try_from(key).map_err(|_| SealError::Form)
}

fn stretched(passphrase: &str, salt: &[u8]) -> Result<SecretKey, SealError> {
    let (log_n, r, p) = SCRYPT;
    let cost =
        scrypt::Params::new(log_n, r, p).map_err(|_| SealError::Seal("scrypt refuses its parameters"))?;
    let mut key = [0; 32];
    scrypt::scrypt(passphrase.as_bytes(), salt, &cost, &mut key)
        .map_err(|_| SealError::Seal("scrypt refuses its parameters"))?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn seals_as_the_draft_does() {
        let hex = |text: &str| -> Vec<u8> {
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
        };
        let key: SecretKey =
            hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f").try_into().unwrap();
        let nonce: Nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657").try_into().unwrap();
        let plain = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                     sunscreen would be it.";
        let cipher = XChaCha20Poly1305::new(&Key::from(key));
        let payload = Payload { msg: plain.as_bytes(), aad: &hex("50515253c0c1c2c3c4c5c6c7") };
        let sealed = cipher.encrypt(&XNonce::from(nonce), payload).unwrap();
        assert_eq!(sealed[sealed.len() - 16..], hex("c0875924c1c7987947deafd8780acf49"));
    }

    #[test]
    fn opens_only_with_its_key_and_for_its_case() {
        let sealed = seal(b"name", &[1; 32], [2; 24], "case 1").unwrap();
        assert_eq!(open(&sealed, &[1; 32], "case 1"), Ok(b"name".to_vec()));
        let mut changed = sealed.clone();
        changed[30] ^= 1;
        for (sealed, key, about) in [
            (&sealed[..], 3, "case 1"),
            (&sealed[..], 1, "case 2"),
            (&changed[..], 1, "case 1"),
            (b"", 1, "case 1"),
        ] {
            assert_eq!(open(sealed, &[key; 32], about), Err(SealError::Open));
        }
    }

    #[test]
    fn the_key_comes_back_with_its_passphrase_only() {
        let file = write_key(&[7; 32], "correct horse battery", [1; 16], [2; 24]).unwrap();
        assert_eq!(read_key(&file, "correct horse battery"), Ok([7; 32]));
        assert_eq!(read_key(&file, "correct horse batterx"), Err(SealError::Passphrase));
        assert_eq!(read_key("{}", "correct horse battery"), Err(SealError::Form));
        assert_eq!(write_key(&[7; 32], "short", [1; 16], [2; 24]), Err(SealError::Short));
    }
}
