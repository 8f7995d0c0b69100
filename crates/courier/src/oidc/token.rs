//! Checks an ID token: signature, issuer, audience, nonce, time (OpenID Connect Core 1.0, section 3.1.3.7).
//!
//! Only signatures by a key of the provider are taken: RSA (RS256, PS256), P-256 (ES256), Ed25519 (EdDSA). `none`
//! and keyed hashes are not.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use forewarn_app::model::Timestamp;
use ring::signature::{self, RsaParameters, RsaPublicKeyComponents, UnparsedPublicKey};
use serde_json::Value;

/// How far clocks may be apart, in seconds.
const LEEWAY_S: i64 = 60;

/// Most keys of a provider that are looked at.
const KEYS_MAX: usize = 100;

/// What the token must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) nonce: &'a str,
    pub(super) now: Timestamp,
}

/// The keys of a provider that can be used.
#[derive(Debug, Default)]
pub(super) struct Keys(Vec<Key>);

#[derive(Debug)]
struct Key {
    kid: Option<String>,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

impl Keys {
    /// From a set of JSON Web Keys (RFC 7517); what cannot be used is left out.
    pub(super) fn read(set: &Value) -> Self {
        let all = set["keys"].as_array().map(Vec::as_slice).unwrap_or_default();
        Self(all.iter().take(KEYS_MAX).filter_map(Key::read).collect())
    }

    /// Whether one of them may have signed a token.
    pub(super) fn has_key_of(&self, token: &str) -> bool {
        header(token).is_ok_and(|header| self.fitting(header["kid"].as_str()).next().is_some())
    }

    fn fitting<'a>(&'a self, kid: Option<&'a str>) -> impl Iterator<Item = &'a Key> {
        self.0.iter().filter(move |key| kid.is_none() || key.kid.as_deref() == kid)
    }
}

impl Key {
    fn read(jwk: &Value) -> Option<Self> {
        if jwk["use"].as_str().is_some_and(|use_| use_ != "sig") {
            return None;
        }
        let bytes = |name: &str| BASE64URL.decode(jwk[name].as_str()?).ok();
        let kind = match (jwk["kty"].as_str()?, jwk["crv"].as_str()) {
            ("RSA", _) => Kind::Rsa { n: bytes("n")?, e: bytes("e")? },
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes("x")?, bytes("y")?);
                // An uncompressed point (SEC 1, section 2.3.3).
                (x.len() == 32 && y.len() == 32).then(|| Kind::P256([&[4][..], &x, &y].concat()))?
            }
            ("OKP", Some("Ed25519")) => Kind::Ed25519(bytes("x")?),
            _ => return None,
        };
        Some(Self { kid: jwk["kid"].as_str().map(str::to_owned), kind })
    }

    fn verifies(&self, algorithm: &str, signed: &[u8], signature: &[u8]) -> bool {
        let rsa = |n: &[u8], e: &[u8], how: &RsaParameters| {
            RsaPublicKeyComponents { n, e }.verify(how, signed, signature).is_ok()
        };
        match (&self.kind, algorithm) {
            (Kind::Rsa { n, e }, "RS256") => rsa(n, e, &signature::RSA_PKCS1_2048_8192_SHA256),
            (Kind::Rsa { n, e }, "PS256") => rsa(n, e, &signature::RSA_PSS_2048_8192_SHA256),
            (Kind::P256(point), "ES256") => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, point)
                    .verify(signed, signature)
                    .is_ok()
            }
            (Kind::Ed25519(key), "EdDSA") => {
                UnparsedPublicKey::new(&signature::ED25519, key).verify(signed, signature).is_ok()
            }
            _ => false,
        }
    }
}

/// The claims, if everything holds; else what does not.
pub(super) fn check(token: &str, keys: &Keys, expected: &Expected<'_>) -> Result<Value, String> {
    let refused = |what: &str| Err(format!("the ID token does not hold: {what}"));
    let header = header(token)?;
    if header.get("crit").is_some() {
        return refused("it asks for an extension that is not known");
    }
    let (signed, signature) = token.rsplit_once('.').unwrap_or_default();
    let Ok(signature) = BASE64URL.decode(signature) else { return refused("its signature is not base64url") };
    let algorithm = header["alg"].as_str().unwrap_or_default();
    let mut fitting = keys.fitting(header["kid"].as_str());
    if !fitting.any(|key| key.verifies(algorithm, signed.as_bytes(), &signature)) {
        return refused("no key of the provider made its signature");
    }
    let claims = part(signed.rsplit_once('.').map_or("", |(_, claims)| claims))?;
    if claims["iss"].as_str() != Some(expected.issuer) {
        return refused("it comes from another issuer");
    }
    let audiences: Vec<&str> = match &claims["aud"] {
        Value::Array(all) => all.iter().filter_map(Value::as_str).collect(),
        one => one.as_str().into_iter().collect(),
    };
    if !audiences.contains(&expected.client_id) {
        return refused("it was made for somebody else");
    }
    let authorized = claims["azp"].as_str();
    if (audiences.len() > 1 || authorized.is_some()) && authorized != Some(expected.client_id) {
        return refused("it was made on behalf of somebody else");
    }
    let now = expected.now.as_second();
    let second = |name: &str| claims[name].as_f64().map(|second| second as i64);
    if second("exp").is_none_or(|end| end + LEEWAY_S <= now) {
        return refused("it has ended, or the clocks differ");
    }
    if second("nbf").is_some_and(|begin| begin - LEEWAY_S > now)
        || second("iat").is_none_or(|made| made - LEEWAY_S > now)
    {
        return refused("it is not valid yet, or the clocks differ");
    }
    if claims["nonce"].as_str() != Some(expected.nonce) {
        return refused("it was made for another sign-in");
    }
    if claims["sub"].as_str().is_none_or(str::is_empty) {
        return refused("it does not say whom it speaks of");
    }
    Ok(claims)
}

fn header(token: &str) -> Result<Value, String> {
    if token.split('.').count() != 3 {
        return Err("the ID token does not hold: it has not three parts".to_owned());
    }
    part(token.split('.').next().unwrap_or_default())
}

fn part(text: &str) -> Result<Value, String> {
    let read = BASE64URL.decode(text).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok());
    read.filter(Value::is_object)
        .ok_or_else(|| "the ID token does not hold: a part of it is no JSON".to_owned())
}

#[cfg(test)]
mod tests {
    use ring::rand::SystemRandom;
    use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
    use serde_json::json;

    use super::*;

    fn pair() -> (EcdsaKeyPair, Keys) {
        let random = SystemRandom::new();
        let how = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(how, &random).unwrap();
        let pair = EcdsaKeyPair::from_pkcs8(how, document.as_ref(), &random).unwrap();
        let point = pair.public_key().as_ref();
        let (x, y) = (BASE64URL.encode(&point[1..33]), BASE64URL.encode(&point[33..]));
        let rsa = json!({ "kty": "RSA", "kid": "r", "use": "enc", "n": "AQ", "e": "AQAB" });
        let key = json!({ "kty": "EC", "crv": "P-256", "kid": "k", "x": x, "y": y });
        (pair, Keys::read(&json!({ "keys": [rsa, key, { "kty": "oct", "k": "AA" }] })))
    }

    fn signed(pair: &EcdsaKeyPair, header: &Value, claims: &Value) -> String {
        let text = |value: &Value| BASE64URL.encode(value.to_string());
        let body = format!("{}.{}", text(header), text(claims));
        let signature = pair.sign(&SystemRandom::new(), body.as_bytes()).unwrap();
        format!("{body}.{}", BASE64URL.encode(signature.as_ref()))
    }

    fn claims() -> Value {
        json!({
            "iss": "https://id.example", "aud": "forewarn", "sub": "7", "nonce": "n", "exp": 2_000, "iat": 1_000,
        })
    }

    #[track_caller]
    fn tried(header: Value, change: Value, expected: Option<&str>) {
        let (pair, keys) = pair();
        let mut claims = claims();
        for (name, value) in change.as_object().unwrap() {
            claims[name] = value.clone();
        }
        let now = Timestamp::from_second(1_500).unwrap();
        let wanted = Expected { issuer: "https://id.example", client_id: "forewarn", nonce: "n", now };
        let outcome = check(&signed(&pair, &header, &claims), &keys, &wanted);
        match (outcome, expected) {
            (Ok(_), None) => {}
            (Err(why), Some(part)) => assert!(why.contains(part), "{why}"),
            (outcome, expected) => panic!("{header} {change}: {outcome:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn holds_only_if_everything_does() {
        let es256 = || json!({ "alg": "ES256", "kid": "k" });
        tried(es256(), json!({}), None);
        tried(json!({ "alg": "ES256" }), json!({}), None);
        tried(es256(), json!({ "aud": ["other", "forewarn"], "azp": "forewarn" }), None);
        tried(es256(), json!({ "iss": "https://evil.example" }), Some("another issuer"));
        tried(es256(), json!({ "aud": "other" }), Some("somebody else"));
        tried(es256(), json!({ "aud": ["other", "forewarn"] }), Some("on behalf of"));
        tried(es256(), json!({ "azp": "other" }), Some("on behalf of"));
        tried(es256(), json!({ "nonce": "m" }), Some("another sign-in"));
        tried(es256(), json!({ "nonce": null }), Some("another sign-in"));
        tried(es256(), json!({ "exp": 1_400 }), Some("has ended"));
        tried(es256(), json!({ "exp": 1_450 }), None);
        tried(es256(), json!({ "exp": null }), Some("has ended"));
        tried(es256(), json!({ "iat": 9_000 }), Some("not valid yet"));
        tried(es256(), json!({ "nbf": 9_000 }), Some("not valid yet"));
        tried(es256(), json!({ "sub": "" }), Some("whom it speaks of"));
        tried(json!({ "alg": "none", "kid": "k" }), json!({}), Some("no key"));
        tried(json!({ "alg": "HS256", "kid": "k" }), json!({}), Some("no key"));
        tried(json!({ "alg": "RS256", "kid": "k" }), json!({}), Some("no key"));
        tried(json!({ "alg": "ES256", "kid": "other" }), json!({}), Some("no key"));
        tried(json!({ "alg": "ES256", "kid": "k", "crit": ["x"] }), json!({}), Some("extension"));
    }

    #[test]
    fn what_was_changed_or_is_no_token_does_not_hold() {
        let (pair, keys) = pair();
        let now = Timestamp::from_second(1_500).unwrap();
        let wanted = Expected { issuer: "https://id.example", client_id: "forewarn", nonce: "n", now };
        let token = signed(&pair, &json!({ "alg": "ES256", "kid": "k" }), &claims());
        let mut other = claims();
        other["sub"] = json!("8");
        let parts: Vec<&str> = token.split('.').collect();
        let forged = format!("{}.{}.{}", parts[0], BASE64URL.encode(other.to_string()), parts[2]);
        for bad in [forged.as_str(), "", "a.b", "a.b.c", &token[..token.len() - 4], &format!("{token}.x")] {
            assert!(check(bad, &keys, &wanted).is_err(), "{bad}");
        }
        assert!(keys.has_key_of(&token) && !Keys::default().has_key_of(&token));
    }
}
