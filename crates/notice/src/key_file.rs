//! Private keys at rest: PKCS #8, encrypted under a passphrase (RFC 5958; PBES2 of RFC 8018 with scrypt,
//! RFC 7914, and AES-256-CBC), as PEM (RFC 7468). `openssl pkey` reads the same files.

use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, KeypairBytes};
use pkcs8::pkcs5::pbes2;
use pkcs8::{EncryptedPrivateKeyInfoRef, LineEnding, PrivateKeyInfoRef, SecretDocument};
use thiserror::Error;

use crate::sign::SigningKey;

/// Longest file that is read, in bytes.
pub const PEM_BYTES_MAX: usize = 16 << 10;

/// Shortest passphrase that is taken, in characters.
pub const PASSPHRASE_CHARS_MIN: usize = 12;

/// How much work a guess costs: 2^14 rounds of 8 blocks, five times, with 16 MiB of memory (one of OWASP's
/// settings for scrypt; more memory than this OpenSSL refuses to read).
const SCRYPT: (u8, u32, u32) = (14, 8, 5);

/// Why a key could not be kept or had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum KeyFileError {
    /// Too easy to guess.
    #[error("encrypt signing key: the passphrase is shorter than {PASSPHRASE_CHARS_MIN} characters")]
    Short,
    /// Another passphrase, or a changed file.
    #[error("decrypt signing key: the passphrase is not the one, or the file was changed")]
    Passphrase,
    /// Not such a file.
    #[error("decrypt signing key: expected an encrypted PKCS #8 file in PEM form with an Ed25519 key")]
    Form,
    /// The algorithms refused to work.
    #[error("encrypt signing key: {0}")]
    Algorithm(&'static str),
}

/// Encrypts a key. `salt` and `iv` are fresh random bytes; nothing may ever be encrypted with the same again.
pub fn encrypt(
    key: &SigningKey,
    passphrase: &str,
    salt: [u8; 16],
    iv: [u8; 16],
) -> Result<String, KeyFileError> {
    if passphrase.chars().count() < PASSPHRASE_CHARS_MIN {
        return Err(KeyFileError::Short);
    }
    let failed = KeyFileError::Algorithm;
    // Without the public half, the form that every tool reads (version 1).
    let pair = KeypairBytes { secret_key: key.to_bytes(), public_key: None };
    let plain = pair.to_pkcs8_der().map_err(|_| failed("the key cannot be written"))?;
    let info: PrivateKeyInfoRef<'_> =
        plain.as_bytes().try_into().map_err(|_| failed("the key cannot be written"))?;
    let (log_n, r, p) = SCRYPT;
    let cost = scrypt::Params::new(log_n, r, p).map_err(|_| failed("scrypt refuses its parameters"))?;
    let scheme = pbes2::Parameters::generate_scrypt_aes256cbc(cost, &salt, iv)
        .map_err(|_| failed("scrypt refuses its parameters"))?;
    let sealed = info.encrypt_with_params(scheme, passphrase).map_err(|_| failed("encryption failed"))?;
    let pem = sealed.to_pem("ENCRYPTED PRIVATE KEY", LineEnding::LF);
    pem.map(|pem| pem.to_string()).map_err(|_| failed("the key cannot be written"))
}

/// Decrypts a key.
pub fn decrypt(pem: &str, passphrase: &str) -> Result<SigningKey, KeyFileError> {
    if pem.len() > PEM_BYTES_MAX {
        return Err(KeyFileError::Form);
    }
    let (label, sealed) = SecretDocument::from_pem(pem).map_err(|_| KeyFileError::Form)?;
    if label != "ENCRYPTED PRIVATE KEY" {
        return Err(KeyFileError::Form);
    }
    let sealed = EncryptedPrivateKeyInfoRef::try_from(sealed.as_bytes()).map_err(|_| KeyFileError::Form)?;
    let plain = sealed.decrypt(passphrase).map_err(|_| KeyFileError::Passphrase)?;
    let pair = KeypairBytes::from_pkcs8_der(plain.as_bytes()).map_err(|_| KeyFileError::Passphrase)?;
    Ok(SigningKey::from_bytes(&pair.secret_key))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSPHRASE: &str = "correct horse battery";

    fn sealed() -> String {
        encrypt(&SigningKey::from_bytes(&[7; 32]), PASSPHRASE, [1; 16], [2; 16]).unwrap()
    }

    #[test]
    fn a_key_comes_back_with_its_passphrase_only() {
        let pem = sealed();
        assert!(pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----\n"), "{pem}");
        assert_eq!(decrypt(&pem, PASSPHRASE).unwrap().to_bytes(), [7; 32]);
        for wrong in ["", "correct horse batterx"] {
            assert_eq!(decrypt(&pem, wrong).unwrap_err(), KeyFileError::Passphrase);
        }
        assert_eq!(
            encrypt(&SigningKey::from_bytes(&[7; 32]), "short", [1; 16], [2; 16]),
            Err(KeyFileError::Short)
        );
    }

    #[test]
    fn says_what_is_no_key_file() {
        let pem = sealed();
        let plain = pem.replace("ENCRYPTED ", "");
        let cut = &pem[..pem.len() / 2];
        let long = pem.clone() + &"x".repeat(PEM_BYTES_MAX);
        for text in ["", "text", cut, plain.as_str(), long.as_str()] {
            assert_eq!(decrypt(text, PASSPHRASE).unwrap_err(), KeyFileError::Form, "{text:.40}");
        }
    }
}
