//! The oblivious pseudorandom function OPRF(ristretto255, SHA-512) of RFC 9497, many values at a time.
//!
//! One side holds a key, the other inputs; the second learns the function's outputs and nothing of the key, the
//! first learns nothing of the inputs. In the mode VOPRF a proof (section 2.2) shows that one key made all
//! answers of a batch. Steps and names are those of section 3.3.
//!
//! What many values make cheaper, with the same results: points are halved before they are multiplied and
//! compressed in batches (one inversion for many), blinds are inverted in batches, and the work is spread over
//! the cores. Everything that touches a secret takes the same time for every value of it; only public points are
//! multiplied in variable time.

use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::{Identity as _, VartimeMultiscalarMul as _};
use rayon::prelude::*;
use sha2::{Digest as _, Sha512};
use thiserror::Error;
use zeroize::Zeroize as _;

/// Bytes of a group element on the wire.
pub const ELEMENT_BYTES: usize = 32;

/// Bytes of a proof: two scalars.
pub const PROOF_BYTES: usize = 64;

/// Most values under one proof; a place in a batch is written in two bytes (section 2.2.1).
pub const BATCH_MAX: usize = 1 << 14;

/// How many points share one inversion.
const CHUNK: usize = 256;

/// A group element on the wire (section 4.1).
pub type Element = [u8; ELEMENT_BYTES];

/// A proof that one key made a batch (section 2.2).
pub type Proof = [u8; PROOF_BYTES];

/// An output of the function.
pub type Output = [u8; 64];

/// How the function is used (section 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// Without proof.
    Oprf,
    /// With a proof.
    Voprf,
}

/// What the other side sent cannot be used, or a value cannot be blinded.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OprfError {
    /// Not the canonical form of a group element.
    #[error("read group element {number}: it is not on the curve, or not in its canonical form")]
    Element {
        /// Its place, from 1.
        number: usize,
    },
    /// The neutral element, which would tell something about the key.
    #[error("read group element {number}: it is the identity")]
    Identity {
        /// Its place, from 1.
        number: usize,
    },
    /// An input that hashes to the neutral element; nobody knows one.
    #[error("blind value {number}: it hashes to the identity")]
    Input {
        /// Its place, from 1.
        number: usize,
    },
    /// Another number of answers than of questions.
    #[error("read the evaluated values: {found}, expected {expected}")]
    Count {
        /// What came.
        found: usize,
        /// What was asked.
        expected: usize,
    },
    /// The proof does not hold.
    #[error("verify the proof: the values were not evaluated with the announced key, or not in their order")]
    Proof,
}

/// The key of the side that evaluates. Wiped from memory when it is dropped.
pub struct SecretKey {
    mode: Mode,
    scalar: Scalar,
    public: Element,
}

/// The blinds of the side that asks. Wiped from memory when dropped.
pub struct Blinds(Vec<Scalar>);

impl SecretKey {
    /// The key pair of a seed and a public info (section 3.2.1).
    pub fn derive(mode: Mode, seed: &[u8; 32], info: &[u8]) -> Self {
        let mut counter = 0_u8;
        loop {
            let length = u16::try_from(info.len()).unwrap_or(u16::MAX).to_be_bytes();
            let parts: [&[u8]; 4] = [seed, &length, info, &[counter]];
            let scalar = hash_to_scalar(&parts, &[b"DeriveKeyPair", &mode.context()]);
            if scalar != Scalar::ZERO {
                let public = (RISTRETTO_BASEPOINT_TABLE * &scalar).compress().to_bytes();
                return Self { mode, scalar, public };
            }
            counter = counter.wrapping_add(1);
        }
    }

    /// The public half, which a proof is verified with.
    pub fn public(&self) -> Element {
        self.public
    }

    /// Evaluates blinded values (BlindEvaluate), with a proof for each [`BATCH_MAX`] of them in the mode VOPRF.
    pub fn evaluate(&self, blinded: &[Element]) -> Result<(Vec<Element>, Vec<Proof>), OprfError> {
        let points = read(blinded)?;
        let evaluated = scaled(&points, |_| self.scalar);
        let proofs = match self.mode {
            Mode::Oprf => Vec::new(),
            Mode::Voprf => {
                let batches = points.chunks(BATCH_MAX).zip(blinded.chunks(BATCH_MAX));
                let batches: Vec<_> = batches.zip(evaluated.chunks(BATCH_MAX)).collect();
                let prove = |((points, blinded), evaluated): &((&[_], &[_]), &[_])| {
                    let weights = weights(&self.public, blinded, evaluated);
                    // As in EdDSA, the nonce is drawn from the key and all that is proved, so that it never serves twice.
                    let nonce = nonce(&self.scalar, &self.public, blinded, evaluated);
                    self.prove(points, &weights, nonce)
                };
                batches.par_iter().map(prove).collect()
            }
        };
        Ok((evaluated, proofs))
    }

    /// The outputs of values that this side knows itself (Evaluate).
    pub fn outputs<I: AsRef<[u8]> + Sync>(&self, inputs: &[I]) -> Result<Vec<Output>, OprfError> {
        let points = hashed(self.mode, inputs)?;
        let elements = scaled(&points, |_| self.scalar);
        Ok(inputs.par_iter().zip(&elements).map(|(input, element)| output(input.as_ref(), element)).collect())
    }

    /// The bare elements of values that this side knows itself, without the input in the output: for counting
    /// exchanges, in which the other side must not know which value an element belongs to.
    pub fn elements<I: AsRef<[u8]> + Sync>(&self, inputs: &[I]) -> Result<Vec<Element>, OprfError> {
        Ok(scaled(&hashed(self.mode, inputs)?, |_| self.scalar))
    }

    /// GenerateProof with ComputeCompositesFast (sections 2.2.1 and 2.2.2).
    fn prove(&self, points: &[RistrettoPoint], weights: &[Scalar], nonce: Scalar) -> Proof {
        let composite = RistrettoPoint::vartime_multiscalar_mul(weights, points);
        let image = composite * self.scalar;
        let commitments = [RISTRETTO_BASEPOINT_TABLE * &nonce, composite * nonce];
        let challenge = challenge(&self.public, &[composite, image, commitments[0], commitments[1]]);
        let response = nonce - challenge * self.scalar;
        let mut proof = [0; PROOF_BYTES];
        proof[..32].copy_from_slice(challenge.as_bytes());
        proof[32..].copy_from_slice(response.as_bytes());
        proof
    }
}

impl Drop for SecretKey {
    fn drop(&mut self) {
        self.scalar.zeroize();
    }
}

impl Blinds {
    /// One blind for each of `count` values, out of a seed that is never used twice.
    pub fn each(seed: &[u8; 32], count: usize) -> Self {
        Self((0..count as u64).into_par_iter().map(|number| blind_of(seed, number)).collect())
    }

    /// One blind for all values of a group: who evaluates may then mix the answers within each group.
    pub fn grouped(seed: &[u8; 32], groups: &[usize]) -> Self {
        let group = |(number, count): (usize, &usize)| vec![blind_of(seed, number as u64); *count];
        Self(groups.iter().enumerate().flat_map(group).collect())
    }

    fn inverses(&self) -> Vec<Scalar> {
        let mut inverses = self.0.clone();
        inverses.par_chunks_mut(CHUNK).for_each(|chunk| {
            Scalar::invert_batch_alloc(chunk);
        });
        inverses
    }
}

impl Drop for Blinds {
    fn drop(&mut self) {
        self.0.iter_mut().for_each(Scalar::zeroize);
    }
}

/// Blinds values (Blind); `blinds` were made for as many.
pub fn blind<I: AsRef<[u8]> + Sync>(
    mode: Mode,
    inputs: &[I],
    blinds: &Blinds,
) -> Result<Vec<Element>, OprfError> {
    same_count(blinds.0.len(), inputs.len())?;
    Ok(scaled(&hashed(mode, inputs)?, |at| blinds.0[at]))
}

/// Verifies the proofs of evaluated values and makes the outputs (Finalize, mode VOPRF).
pub fn verify_and_finalize<I: AsRef<[u8]> + Sync>(
    public: &Element,
    inputs: &[I],
    blinds: &Blinds,
    blinded: &[Element],
    evaluated: &[Element],
    proofs: &[Proof],
) -> Result<Vec<Output>, OprfError> {
    same_count(evaluated.len(), inputs.len())?;
    same_count(blinded.len(), inputs.len())?;
    let answers = read(evaluated)?;
    verify(public, blinded, (evaluated, &answers), proofs)?;
    let inverses = blinds.inverses();
    same_count(inverses.len(), inputs.len())?;
    let elements = scaled(&answers, |at| inverses[at]);
    Ok(inputs.par_iter().zip(&elements).map(|(input, element)| output(input.as_ref(), element)).collect())
}

/// Takes the blinds off evaluated values that came back mixed within their groups ([`Blinds::grouped`]).
pub fn unblind_grouped(blinds: &Blinds, evaluated: &[Element]) -> Result<Vec<Element>, OprfError> {
    same_count(evaluated.len(), blinds.0.len())?;
    let inverses = blinds.inverses();
    Ok(scaled(&read(evaluated)?, |at| inverses[at]))
}

/// VerifyProof, for each batch (section 2.2.2).
fn verify(
    public: &Element,
    blinded: &[Element],
    (evaluated, answers): (&[Element], &[RistrettoPoint]),
    proofs: &[Proof],
) -> Result<(), OprfError> {
    let key = read(std::slice::from_ref(public))?[0];
    let questions = read(blinded)?;
    if proofs.len() != blinded.len().div_ceil(BATCH_MAX) {
        return Err(OprfError::Proof);
    }
    proofs.par_iter().enumerate().try_for_each(|(number, proof)| {
        let range = number * BATCH_MAX..((number + 1) * BATCH_MAX).min(blinded.len());
        let weights = weights(public, &blinded[range.clone()], &evaluated[range.clone()]);
        let composite = RistrettoPoint::vartime_multiscalar_mul(&weights, &questions[range.clone()]);
        let image = RistrettoPoint::vartime_multiscalar_mul(&weights, &answers[range]);
        let scalar = |bytes: &[u8]| {
            let bytes = bytes.try_into().ok();
            bytes.and_then(|bytes| Option::<Scalar>::from(Scalar::from_canonical_bytes(bytes)))
        };
        let (claimed, response) = scalar(&proof[..32]).zip(scalar(&proof[32..])).ok_or(OprfError::Proof)?;
        let first = RISTRETTO_BASEPOINT_TABLE * &response + key * claimed;
        let second = composite * response + image * claimed;
        let holds = challenge(public, &[composite, image, first, second]) == claimed;
        if holds { Ok(()) } else { Err(OprfError::Proof) }
    })
}

impl Mode {
    /// CreateContextString (section 3.1).
    fn context(self) -> Vec<u8> {
        let mode = match self {
            Self::Oprf => 0,
            Self::Voprf => 1,
        };
        [b"OPRFV1-", &[mode][..], b"-ristretto255-SHA512"].concat()
    }
}

fn same_count(found: usize, expected: usize) -> Result<(), OprfError> {
    if found == expected { Ok(()) } else { Err(OprfError::Count { found, expected }) }
}

/// DeserializeElement: on the curve, canonical, not the identity (section 4.1).
fn read(elements: &[Element]) -> Result<Vec<RistrettoPoint>, OprfError> {
    let one = |(at, element): (usize, &Element)| {
        if *element == [0; ELEMENT_BYTES] {
            return Err(OprfError::Identity { number: at + 1 });
        }
        CompressedRistretto(*element).decompress().ok_or(OprfError::Element { number: at + 1 })
    };
    // Collecting in order, so that the first wrong one is named on any number of threads.
    let points: Vec<Result<RistrettoPoint, OprfError>> = elements.par_iter().enumerate().map(one).collect();
    points.into_iter().collect()
}

/// HashToGroup of each input.
fn hashed<I: AsRef<[u8]> + Sync>(mode: Mode, inputs: &[I]) -> Result<Vec<RistrettoPoint>, OprfError> {
    let context = mode.context();
    let one = |input: &I| {
        let uniform = expanded(&[input.as_ref()], &[b"HashToGroup-", &context]);
        RistrettoPoint::from_uniform_bytes(&uniform)
    };
    let points: Vec<RistrettoPoint> = inputs.par_iter().map(one).collect();
    match points.iter().position(|point| *point == RistrettoPoint::identity()) {
        Some(at) => Err(OprfError::Input { number: at + 1 }),
        None => Ok(points),
    }
}

/// Multiplies each point with its scalar and compresses the products. They are made of halved scalars and
/// doubled again by the compression, which then needs one inversion for a whole chunk.
fn scaled(points: &[RistrettoPoint], scalar: impl Fn(usize) -> Scalar + Sync) -> Vec<Element> {
    let half = Scalar::from(2_u8).invert();
    let chunk = |(number, chunk): (usize, &[RistrettoPoint])| {
        let products =
            chunk.iter().enumerate().map(|(at, point)| point * (scalar(number * CHUNK + at) * half));
        let products: Vec<RistrettoPoint> = products.collect();
        let compressed = RistrettoPoint::double_and_compress_batch(&products);
        compressed.into_iter().map(|element| element.to_bytes()).collect::<Vec<Element>>()
    };
    points.par_chunks(CHUNK).enumerate().flat_map_iter(chunk).collect()
}

/// The last step of Finalize and Evaluate: the hash of input and element.
fn output(input: &[u8], element: &Element) -> Output {
    let length = u16::try_from(input.len()).unwrap_or(u16::MAX).to_be_bytes();
    let mut hasher = Sha512::new();
    for part in [&length, input, &(ELEMENT_BYTES as u16).to_be_bytes(), element, b"Finalize"] {
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The weights d_i of ComputeComposites (section 2.2.1).
fn weights(public: &Element, blinded: &[Element], evaluated: &[Element]) -> Vec<Scalar> {
    let context = Mode::Voprf.context();
    let label = [b"Seed-", &context[..]].concat();
    let mut hasher = Sha512::new();
    for part in [&public[..], &label] {
        hasher.update((part.len() as u16).to_be_bytes());
        hasher.update(part);
    }
    let seed = hasher.finalize();
    let length = (ELEMENT_BYTES as u16).to_be_bytes();
    let one = |(at, (question, answer)): (usize, (&Element, &Element))| {
        let parts: [&[u8]; 8] = [
            &(seed.len() as u16).to_be_bytes(),
            &seed,
            &(at as u16).to_be_bytes(),
            &length,
            question,
            &length,
            answer,
            b"Composite",
        ];
        hash_to_scalar(&parts, &[b"HashToScalar-", &context])
    };
    blinded.iter().zip(evaluated).enumerate().map(one).collect()
}

fn challenge(public: &Element, points: &[RistrettoPoint; 4]) -> Scalar {
    let elements = points.map(|point| point.compress().to_bytes());
    let length = (ELEMENT_BYTES as u16).to_be_bytes();
    let mut parts: Vec<&[u8]> = vec![&length, public];
    elements.iter().for_each(|element| parts.extend([&length[..], element]));
    parts.push(b"Challenge");
    hash_to_scalar(&parts, &[b"HashToScalar-", &Mode::Voprf.context()])
}

fn nonce(secret: &Scalar, public: &Element, blinded: &[Element], evaluated: &[Element]) -> Scalar {
    let mut hasher = Sha512::new();
    hasher.update(b"forewarn/proof-nonce/1");
    hasher.update(secret.as_bytes());
    hasher.update(public);
    blinded.iter().chain(evaluated).for_each(|element| hasher.update(element));
    Scalar::from_bytes_mod_order_wide(&hasher.finalize().into())
}

fn blind_of(seed: &[u8; 32], number: u64) -> Scalar {
    let mut counter = 0_u8;
    loop {
        let hash = Sha512::new().chain_update(b"forewarn/blind/1").chain_update(seed);
        let hash = hash.chain_update(number.to_le_bytes()).chain_update([counter]);
        let scalar = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
        if scalar != Scalar::ZERO {
            return scalar;
        }
        counter = counter.wrapping_add(1);
    }
}

/// HashToScalar (section 4.1).
fn hash_to_scalar(parts: &[&[u8]], label: &[&[u8]]) -> Scalar {
    Scalar::from_bytes_mod_order_wide(&expanded(parts, label))
}

/// expand_message_xmd of RFC 9380, section 5.3.1, with SHA-512 and 64 bytes: one block.
fn expanded(parts: &[&[u8]], label: &[&[u8]]) -> [u8; 64] {
    const BLOCK_BYTES: usize = 128;
    let label_bytes: usize = label.iter().map(|part| part.len()).sum();
    let finish = |mut hasher: Sha512| -> [u8; 64] {
        label.iter().for_each(|part| hasher.update(part));
        hasher.update([label_bytes as u8]);
        hasher.finalize().into()
    };
    let mut first = Sha512::new_with_prefix([0; BLOCK_BYTES]);
    parts.iter().for_each(|part| first.update(part));
    first.update(64_u16.to_be_bytes());
    first.update([0]);
    let first = finish(first);
    finish(Sha512::new_with_prefix(first).chain_update([1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 9497, appendix A.1: inputs, blinds, blinded and evaluated elements, proof with its random scalar, outputs.
    struct Vector {
        mode: Mode,
        inputs: &'static str,
        blinds: &'static str,
        blinded: &'static str,
        evaluated: &'static str,
        proof: Option<(&'static str, &'static str)>,
        outputs: &'static str,
    }

    fn vectors() -> [Vector; 5] {
        include!("oprf_vectors.rs")
    }

    fn bytes(hex: &str) -> Vec<u8> {
        (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
    }

    fn list<const N: usize>(hex: &str) -> Vec<[u8; N]> {
        hex.split(',').map(|one| bytes(one).try_into().unwrap()).collect()
    }

    fn scalar(hex: &str) -> Scalar {
        Scalar::from_canonical_bytes(bytes(hex).try_into().unwrap()).unwrap()
    }

    #[test]
    fn agrees_with_the_vectors_of_the_standard() {
        for vector in vectors() {
            let key = SecretKey::derive(vector.mode, &[0xa3; 32], b"test key");
            let inputs: Vec<Vec<u8>> = vector.inputs.split(',').map(bytes).collect();
            let blinds = Blinds(vector.blinds.split(',').map(scalar).collect());
            let blinded = blind(vector.mode, &inputs, &blinds).unwrap();
            assert_eq!(blinded, list(vector.blinded));
            let (evaluated, proofs) = key.evaluate(&blinded).unwrap();
            assert_eq!(evaluated, list(vector.evaluated));
            let outputs: Vec<Output> = list(vector.outputs);
            assert_eq!(key.outputs(&inputs).unwrap(), outputs);
            if let Some((proof, nonce)) = vector.proof {
                let points = read(&blinded).unwrap();
                let weights = weights(&key.public, &blinded, &evaluated);
                assert_eq!(key.prove(&points, &weights, scalar(nonce)).to_vec(), bytes(proof));
                for proofs in [proofs, list(proof)] {
                    let made =
                        verify_and_finalize(&key.public, &inputs, &blinds, &blinded, &evaluated, &proofs);
                    assert_eq!(made.unwrap(), outputs);
                }
            }
        }
    }

    #[test]
    fn derives_the_keys_of_the_standard() {
        let check = |mode, secret: &str, public: Option<&str>| {
            let key = SecretKey::derive(mode, &[0xa3; 32], b"test key");
            assert_eq!(key.scalar, scalar(secret));
            public.inspect(|public| assert_eq!(key.public.to_vec(), bytes(public)));
        };
        check(Mode::Oprf, "5ebcea5ee37023ccb9fc2d2019f9d7737be85591ae8652ffa9ef0f4d37063b0e", None);
        check(
            Mode::Voprf,
            "e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909",
            Some("c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e"),
        );
    }

    fn exchange() -> (SecretKey, Vec<String>, Blinds, Vec<Element>) {
        let key = SecretKey::derive(Mode::Voprf, &[7; 32], b"test");
        let inputs: Vec<String> = (0..600).map(|number| format!("value {number}")).collect();
        let blinds = Blinds::each(&[9; 32], inputs.len());
        let blinded = blind(Mode::Voprf, &inputs, &blinds).unwrap();
        (key, inputs, blinds, blinded)
    }

    #[test]
    fn a_value_that_is_none_is_refused_by_its_place() {
        let (key, _, _, mut blinded) = exchange();
        let not_canonical = [0xff; 32];
        let mut off_the_curve = [0; 32];
        off_the_curve[0] = 2;
        for (bad, expected) in [
            ([0; 32], OprfError::Identity { number: 301 }),
            (not_canonical, OprfError::Element { number: 301 }),
            (off_the_curve, OprfError::Element { number: 301 }),
        ] {
            blinded[300] = bad;
            blinded[500] = not_canonical;
            assert_eq!(key.evaluate(&blinded).unwrap_err(), expected);
        }
    }

    #[test]
    fn answers_of_another_key_or_order_do_not_pass() {
        let (key, inputs, blinds, blinded) = exchange();
        let (evaluated, proofs) = key.evaluate(&blinded).unwrap();
        let finalize = |evaluated: &[Element], proofs: &[Proof], public: &Element| {
            verify_and_finalize(public, &inputs, &blinds, &blinded, evaluated, proofs).map(|all| all.len())
        };
        assert_eq!(finalize(&evaluated, &proofs, &key.public), Ok(600));
        let mut swapped = evaluated.clone();
        swapped.swap(0, 599);
        assert_eq!(finalize(&swapped, &proofs, &key.public), Err(OprfError::Proof));
        let other = SecretKey::derive(Mode::Voprf, &[8; 32], b"test");
        let (mut mixed, other_proofs) = other.evaluate(&blinded).unwrap();
        assert_eq!(finalize(&mixed, &other_proofs, &key.public), Err(OprfError::Proof));
        mixed[1..].copy_from_slice(&evaluated[1..]);
        assert_eq!(finalize(&mixed, &proofs, &key.public), Err(OprfError::Proof));
        assert_eq!(finalize(&evaluated, &[], &key.public), Err(OprfError::Proof));
        assert_eq!(finalize(&evaluated, &[[0xff; 64]], &key.public), Err(OprfError::Proof));
        let counted = OprfError::Count { found: 599, expected: 600 };
        assert_eq!(finalize(&evaluated[1..], &proofs, &key.public), Err(counted));
    }

    #[test]
    fn a_blind_of_a_group_comes_off_in_any_order() {
        let key = SecretKey::derive(Mode::Oprf, &[7; 32], b"test");
        let inputs: Vec<String> = (0..300).map(|number| format!("value {number}")).collect();
        let blinds = Blinds::grouped(&[9; 32], &[100, 200]);
        let (mut evaluated, _) = key.evaluate(&blind(Mode::Oprf, &inputs, &blinds).unwrap()).unwrap();
        evaluated[..100].sort_unstable();
        evaluated[100..].sort_unstable();
        let mut own = key.elements(&inputs).unwrap();
        let mut unblinded = unblind_grouped(&blinds, &evaluated).unwrap();
        own.sort_unstable();
        unblinded.sort_unstable();
        assert_eq!(unblinded, own);
    }
}
