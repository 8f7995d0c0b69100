//! The transparency log: a Merkle tree over everything that was issued, which can only grow.
//!
//! A member that holds a copy of a notice can prove, without asking anyone, that the notice is in the log
//! ([`verify_inclusion`]), and, with two checkpoints, that nothing was changed or taken out between them
//! ([`verify_consistency`]). The tree is that of RFC 6962 (section 2.1), the proofs are verified as RFC 9162
//! writes it down (sections 2.1.3.2 and 2.1.4.2), and the tree's head is a [`Checkpoint`] in the form of C2SP
//! `tlog-checkpoint`, signed as C2SP `signed-note`.
//!
//! This module works on leaf hashes, so that a log can be published and checked without its documents. It
//! keeps nothing and reads no clock.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use ed25519_dalek::Signer as _;
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::sign::{PublicKey, SigningKey};

/// SHA-256.
pub type Hash = [u8; 32];

/// Most hashes in a proof: a tree of 2^63 leaves needs no more.
pub const PROOF_HASHES_MAX: usize = 64;

/// Longest checkpoint that is read, in bytes.
pub const CHECKPOINT_BYTES_MAX: usize = 16 << 10;

/// What exactly does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LogError {
    /// There is no such leaf.
    #[error("verify inclusion: leaf {index} of a log of {size}")]
    NoSuchLeaf {
        /// Its position, from 0.
        index: u64,
        /// The number of leaves.
        size: u64,
    },
    /// The proof leads to another root.
    #[error("verify inclusion: leaf {index} is not in the log of {size} with that root")]
    NotIncluded {
        /// Its position, from 0.
        index: u64,
        /// The number of leaves.
        size: u64,
    },
    /// The later log does not contain the earlier one unchanged.
    #[error("verify consistency: the log of {size} does not begin with the log of {old_size} as it was")]
    NotConsistent {
        /// The number of leaves before.
        old_size: u64,
        /// The number of leaves after.
        size: u64,
    },
    /// The earlier log is larger.
    #[error("verify consistency: the log of {size} cannot follow the log of {old_size}")]
    Shrunk {
        /// The number of leaves before.
        old_size: u64,
        /// The number of leaves after.
        size: u64,
    },
    /// Not a checkpoint.
    #[error("read checkpoint: {0}")]
    Form(&'static str),
    /// A name that a checkpoint cannot bear.
    #[error("write checkpoint: origin {0:?} is empty, or has spaces or a plus sign")]
    Origin(String),
    /// Signed by nobody whom the caller knows.
    #[error("verify checkpoint: no signature of {origin} with key {kid}")]
    Unsigned {
        /// The log.
        origin: String,
        /// The thumbprint of the key that was expected.
        kid: String,
    },
    /// The signature does not fit.
    #[error("verify checkpoint: the signature of {0} does not fit it")]
    Mismatch(String),
}

/// The head of a log: how many leaves it has, and the one hash that stands for them all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The name of the log; it is also the name of its key.
    pub origin: String,
    /// The number of leaves.
    pub size: u64,
    /// The root of the tree.
    pub root: Hash,
}

/// The hash of a leaf (RFC 6962, section 2.1). `entry` is the canonical JSON of what was issued.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The root of the tree over `leaves`.
pub fn root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Sha256::digest([]).into(),
        [leaf] => *leaf,
        _ => {
            let (left, right) = leaves.split_at(split(leaves.len()));
            node(&root(left), &root(right))
        }
    }
}

/// The hashes that lead from leaf `index` to the root, the lowest first (RFC 6962, section 2.1.1). None if
/// there is no such leaf.
pub fn inclusion(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    let (mut part, mut index, mut path) = (leaves, index, Vec::new());
    while part.len() > 1 {
        let (left, right) = part.split_at(split(part.len()));
        if index < left.len() {
            path.push(root(right));
            part = left;
        } else {
            path.push(root(left));
            index -= left.len();
            part = right;
        }
    }
    path.reverse();
    Some(path)
}

/// The hashes that prove that the log of the first `old_size` leaves is the beginning of this one (RFC 6962,
/// section 2.1.2). Empty for an old log of none or of all leaves; none if it was larger.
pub fn consistency(leaves: &[Hash], old_size: usize) -> Option<Vec<Hash>> {
    if old_size > leaves.len() {
        return None;
    }
    let (mut part, mut old, mut path, mut whole) = (leaves, old_size, Vec::new(), true);
    if old == 0 || old == part.len() {
        return Some(path);
    }
    while old != part.len() {
        let (left, right) = part.split_at(split(part.len()));
        if old <= left.len() {
            path.push(root(right));
            part = left;
        } else {
            path.push(root(left));
            old -= left.len();
            part = right;
            whole = false;
        }
    }
    // The old root is known to whoever verifies; only a part of it must be named.
    if !whole {
        path.push(root(part));
    }
    path.reverse();
    Some(path)
}

/// Verifies that the leaf is at `index` in the log of `size` leaves with that `root`.
pub fn verify_inclusion(
    leaf: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), LogError> {
    if index >= size {
        return Err(LogError::NoSuchLeaf { index, size });
    }
    let not_included = LogError::NotIncluded { index, size };
    if proof.len() > PROOF_HASHES_MAX {
        return Err(not_included);
    }
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for other in proof {
        if last == 0 {
            return Err(not_included);
        }
        if at & 1 == 1 || at == last {
            hash = node(other, &hash);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            hash = node(&hash, other);
        }
        at >>= 1;
        last >>= 1;
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(not_included) }
}

/// Verifies that the log with `size` leaves and `root` begins with the log that had `old_size` and `old_root`.
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    size: u64,
    root: &Hash,
    proof: &[Hash],
) -> Result<(), LogError> {
    if old_size > size {
        return Err(LogError::Shrunk { old_size, size });
    }
    let not_consistent = LogError::NotConsistent { old_size, size };
    if old_size == 0 || old_size == size {
        let empty: Hash = Sha256::digest([]).into();
        let same = if old_size == 0 { *old_root == empty } else { old_root == root };
        return if same && proof.is_empty() { Ok(()) } else { Err(not_consistent) };
    }
    if proof.len() > PROOF_HASHES_MAX {
        return Err(not_consistent);
    }
    // A whole tree is its own first hash (RFC 9162, section 2.1.4.2, step 2).
    let mut hashes = old_size.is_power_of_two().then_some(old_root).into_iter().chain(proof);
    let Some(first) = hashes.next() else { return Err(not_consistent) };
    let (mut at, mut last) = (old_size - 1, size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut old, mut new) = (*first, *first);
    for other in hashes {
        if last == 0 {
            return Err(not_consistent);
        }
        if at & 1 == 1 || at == last {
            old = node(other, &old);
            new = node(other, &new);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new = node(&new, other);
        }
        at >>= 1;
        last >>= 1;
    }
    if last == 0 && old == *old_root && new == *root { Ok(()) } else { Err(not_consistent) }
}

impl Checkpoint {
    /// The head of a log of `leaves`.
    pub fn of(origin: &str, leaves: &[Hash]) -> Self {
        Self { origin: origin.to_owned(), size: leaves.len() as u64, root: root(leaves) }
    }

    /// The signed note: three lines, an empty one, and the signature.
    pub fn sign(&self, key: &SigningKey) -> Result<String, LogError> {
        let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
        if self.origin.is_empty() || self.origin.contains(bad) {
            return Err(LogError::Origin(self.origin.clone()));
        }
        let text = self.text();
        let signature = key.dalek().sign(text.as_bytes()).to_bytes();
        let named = [&key_hash(&self.origin, &key.public())[..], &signature].concat();
        Ok(format!("{text}\n{SIGNATURE_START}{} {}\n", self.origin, BASE64.encode(named)))
    }

    /// Reads a checkpoint and verifies that the log's own `key` signed it. Signatures of others are passed
    /// over, as the form demands.
    pub fn verify(note: &str, key: &PublicKey) -> Result<Self, LogError> {
        if note.len() > CHECKPOINT_BYTES_MAX {
            return Err(LogError::Form("it is too long"));
        }
        let end = note.rfind("\n\n").ok_or(LogError::Form("expected an empty line before the signatures"))?;
        let (text, signatures) = (&note[..=end], &note[end + 2..]);
        let checkpoint = Self::read(text)?;
        let expected = key_hash(&checkpoint.origin, key);
        for line in signatures.lines() {
            let named =
                line.strip_prefix(SIGNATURE_START).ok_or(LogError::Form("a signature line has no dash"))?;
            let Some((name, signature)) = named.rsplit_once(' ') else {
                return Err(LogError::Form("a signature line has no name"));
            };
            let bytes = BASE64.decode(signature).map_err(|_| LogError::Form("a signature is not base64"))?;
            let Some((hash, signature)) = bytes.split_first_chunk::<4>() else {
                return Err(LogError::Form("a signature is too short"));
            };
            if name != checkpoint.origin || *hash != expected {
                continue;
            }
            let fits = <&[u8; 64]>::try_from(signature).is_ok_and(|signature| {
                let signature = ed25519_dalek::Signature::from_bytes(signature);
                key.dalek().verify_strict(text.as_bytes(), &signature).is_ok()
            });
            return if fits { Ok(checkpoint) } else { Err(LogError::Mismatch(checkpoint.origin)) };
        }
        Err(LogError::Unsigned { origin: checkpoint.origin, kid: key.kid() })
    }

    /// Origin, size and root, each on a line of its own; further lines are extensions.
    fn read(text: &str) -> Result<Self, LogError> {
        let mut lines = text.lines();
        let origin = lines.next().filter(|line| !line.is_empty()).ok_or(LogError::Form("no origin"))?;
        let size = lines.next().unwrap_or_default();
        let plain = !size.is_empty() && size.bytes().all(|b| b.is_ascii_digit());
        let canonical = plain && (size == "0" || !size.starts_with('0'));
        let size = size.parse().ok().filter(|_| canonical).ok_or(LogError::Form("the size is no number"))?;
        let root = lines.next().and_then(|line| BASE64.decode(line).ok());
        let root =
            root.and_then(|bytes| bytes.try_into().ok()).ok_or(LogError::Form("the root is no hash"))?;
        Ok(Self { origin: origin.to_owned(), size, root })
    }

    fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, BASE64.encode(self.root))
    }
}

/// The key of a log as C2SP tools take it: `name+hash+key`.
pub fn verifier_key(origin: &str, key: &PublicKey) -> String {
    let hash: String = key_hash(origin, key).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{origin}+{hash}+{}", BASE64.encode([&[ED25519][..], &key.to_bytes()].concat()))
}

/// An em dash and a space (C2SP signed-note).
const SIGNATURE_START: &str = "\u{2014} ";

/// The type of signature (C2SP signed-note, "Signature types").
const ED25519: u8 = 0x01;

fn key_hash(origin: &str, key: &PublicKey) -> [u8; 4] {
    let whole: Hash = Sha256::new()
        .chain_update(origin)
        .chain_update([b'\n', ED25519])
        .chain_update(key.to_bytes())
        .finalize()
        .into();
    [whole[0], whole[1], whole[2], whole[3]]
}

/// The largest power of two below `count`, which is at least 2.
fn split(count: usize) -> usize {
    count.next_power_of_two() / 2
}

fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

#[cfg(test)]
mod tests {
    use ct_merkle::mem_backed_tree::MemoryBackedTree;
    use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
    use proptest::prelude::*;

    use super::*;

    type Oracle = MemoryBackedTree<Sha256, Vec<u8>>;

    fn leaves(count: usize) -> (Vec<Hash>, Oracle) {
        let mut oracle = Oracle::new();
        let hashes = (0..count).map(|at| {
            let entry = format!("entry {at}").into_bytes();
            oracle.push(entry.clone());
            leaf_hash(&entry)
        });
        (hashes.collect(), oracle)
    }

    #[test]
    fn hashes_as_rfc_6962_does() {
        // The empty tree, and the tree of one empty leaf (RFC 6962, section 2.1; Certificate Transparency's
        // published test data).
        let hex = |hash: Hash| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(hex(root(&[])), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        let one = root(&[leaf_hash(b"")]);
        assert_eq!(hex(one), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    }

    proptest! {
        /// A second implementation of the tree agrees on root and proofs, and ours accepts them.
        #[test]
        fn agrees_with_another_implementation(count in 1usize..70, at in 0usize..70, old in 0usize..70) {
            let (at, old) = (at % count, old % (count + 1));
            let (hashes, oracle) = leaves(count);
            let head = root(&hashes);
            prop_assert_eq!(oracle.root(), RootHash::<Sha256>::new(head.into(), count as u64));
            let path = inclusion(&hashes, at).unwrap();
            let other = oracle.prove_inclusion(at);
            prop_assert_eq!(path.concat(), other.as_bytes());
            prop_assert!(verify_inclusion(&hashes[at], at as u64, count as u64, &path, &head).is_ok());
            let theirs = InclusionProof::<Sha256>::from_bytes(path.concat());
            let entry = format!("entry {at}").into_bytes();
            prop_assert!(oracle.root().verify_inclusion(&entry, at as u64, &theirs).is_ok());

            let proof = consistency(&hashes, old).unwrap();
            let old_root = root(&hashes[..old]);
            let held = verify_consistency(old as u64, &old_root, count as u64, &head, &proof);
            prop_assert!(held.is_ok());
            if old > 0 && old < count {
                let theirs = ConsistencyProof::<Sha256>::try_from_bytes(proof.concat()).unwrap();
                let before = RootHash::<Sha256>::new(old_root.into(), old as u64);
                prop_assert!(oracle.root().verify_consistency(&before, &theirs).is_ok());
            }
        }

        /// Whatever single thing is changed, the proof no longer holds.
        #[test]
        fn a_change_is_seen(count in 2usize..40, at in 0usize..40, bit in 0usize..256, which in 0usize..4) {
            let at = at % count;
            let (hashes, _) = leaves(count);
            let (mut head, mut leaf) = (root(&hashes), hashes[at]);
            let mut path = inclusion(&hashes, at).unwrap();
            let flip = |hash: &mut Hash| hash[bit / 8] ^= 1 << (bit % 8);
            let mut index = at as u64;
            match which {
                0 => flip(&mut head),
                1 => flip(&mut leaf),
                2 => { let place = bit % path.len(); flip(&mut path[place]) }
                _ => index = (index + 1) % count as u64,
            }
            prop_assert!(verify_inclusion(&leaf, index, count as u64, &path, &head).is_err());
        }

        #[test]
        fn a_rewritten_past_is_seen(count in 2usize..40, old in 1usize..40, changed in 0usize..40) {
            let old = 1 + old % (count - 1);
            let (hashes, _) = leaves(count);
            let old_root = root(&hashes[..old]);
            let mut rewritten = hashes.clone();
            rewritten[changed % old] = leaf_hash(b"another");
            let proof = consistency(&rewritten, old).unwrap();
            let head = root(&rewritten);
            prop_assert!(verify_consistency(old as u64, &old_root, count as u64, &head, &proof).is_err());
        }

        #[test]
        fn no_note_is_too_odd_to_be_read(note in "\\PC{0,80}(\n\\PC{0,20}){0,6}") {
            prop_assert!(Checkpoint::verify(&note, &key(1).public()).is_err());
        }
    }

    fn key(byte: u8) -> SigningKey {
        SigningKey::from_bytes(&[byte; 32])
    }

    /// A change to a good checkpoint of two leaves by key 7, and what is said.
    #[track_caller]
    fn check(change: impl Fn(String) -> String, by: u8, expected: Result<(), &str>) {
        let (hashes, _) = leaves(2);
        let checkpoint = Checkpoint::of("bureau.example/log", &hashes);
        let note = change(checkpoint.sign(&key(7)).unwrap());
        let got = Checkpoint::verify(&note, &key(by).public()).map_err(|error| error.to_string());
        match expected {
            Ok(()) => assert_eq!(got, Ok(checkpoint)),
            Err(part) => assert!(got.as_ref().is_err_and(|error| error.contains(part)), "{got:?}"),
        }
    }

    #[test]
    fn checkpoints_are_signed_notes() {
        check(|note| note, 7, Ok(()));
        check(|note| format!("{note}\u{2014} witness.example AAAAAGFueXRoaW5n\n"), 7, Ok(()));
        check(|note| note, 8, Err("no signature of bureau.example/log"));
        check(|note| note.replacen("\n2\n", "\n3\n", 1), 7, Err("does not fit"));
        check(|note| note.replacen("\n2\n", "\n02\n", 1), 7, Err("no number"));
        check(|note| note.replacen("\n2\n", "\n+2\n", 1), 7, Err("no number"));
        check(|note| note.replace("\n\n", "\n"), 7, Err("empty line"));
        check(|note| note.replace('\u{2014}', "-"), 7, Err("no dash"));
        check(|note| note.replacen("bureau", "bureaux", 1), 7, Err("no signature of bureaux"));
        check(|note| note + &" ".repeat(CHECKPOINT_BYTES_MAX), 7, Err("too long"));
        let spaced = Checkpoint::of("two words", &[]).sign(&key(7));
        assert_eq!(spaced, Err(LogError::Origin("two words".to_owned())));
    }

    /// The key as tools take it bears the same hash as the signatures made with it.
    #[test]
    fn names_keys_as_other_tools_do() {
        let named = verifier_key("bureau.example/log", &key(7).public());
        let parts: Vec<&str> = named.splitn(3, '+').collect();
        assert_eq!(parts[0], "bureau.example/log");
        let note = Checkpoint::of("bureau.example/log", &[]).sign(&key(7)).unwrap();
        let signature = note.lines().last().unwrap().rsplit(' ').next().unwrap();
        let bytes = BASE64.decode(signature).unwrap();
        let hash: String = bytes[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(parts[1], hash);
        assert_eq!(BASE64.decode(parts[2]).unwrap()[0], 1);
    }
}
