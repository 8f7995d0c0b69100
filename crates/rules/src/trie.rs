//! A set of texts that is looked up from a place in a longer text: every member that begins there.
//!
//! A compressed trie over bytes: common beginnings are stored once, so a look-up costs as many steps as the
//! text agrees with any member, however many members there are. Built in time linear in its size, which is
//! what makes start-up cheap.

use std::ops::Range;

/// No member, or no table.
const NONE: u32 = u32::MAX;
/// Nodes with more children than this have a table of all bytes.
const SCANNED_MAX: usize = 6;

/// The set. Members are told by their index in the order in which they were given.
#[derive(Debug)]
pub(crate) struct Trie {
    nodes: Vec<Node>,
    /// The first byte of each node's label, at the node's index.
    firsts: Vec<u8>,
    labels: Vec<u8>,
    /// For nodes with many children: at each byte, one more than which child it leads to; 0 for none.
    tables: Vec<[u8; 256]>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Where the bytes stand that lead here from the parent, without the first.
    label: u32,
    label_len: u32,
    /// The member that ends here.
    member: u32,
    /// The first child; the others follow it.
    children: u32,
    children_len: u32,
    table: u32,
}

impl Trie {
    /// The set of these texts: sorted, different, none empty.
    pub(crate) fn new(members: &[&str]) -> Self {
        debug_assert!(members.is_sorted() && members.iter().all(|member| !member.is_empty()));
        let mut trie = Self {
            nodes: Vec::with_capacity(members.len() * 2 + 1),
            firsts: Vec::with_capacity(members.len() * 2 + 1),
            labels: Vec::new(),
            tables: Vec::new(),
        };
        trie.push_node(0);
        // Nodes whose children are still to be made: the members below them, and how many bytes lead there.
        let mut open = vec![(0_usize, 0..members.len(), 0_usize)];
        while let Some((at, mut below, mut depth)) = open.pop() {
            // The root has no label: every member begins there.
            let label_from = depth + usize::from(at != 0);
            if at != 0 {
                depth = shared_len(members, &below);
            }
            if let Some(member) = members.get(below.start) {
                trie.nodes[at].label = trie.labels.len() as u32;
                trie.nodes[at].label_len = (depth - label_from) as u32;
                trie.labels.extend_from_slice(&member.as_bytes()[label_from..depth]);
                if member.len() == depth {
                    trie.nodes[at].member = below.start as u32;
                    below.start += 1;
                }
            }
            trie.nodes[at].children = trie.nodes.len() as u32;
            let mut table = [0_u8; 256];
            while !below.is_empty() {
                let byte = members[below.start].as_bytes()[depth];
                let same = members[below.clone()].partition_point(|member| member.as_bytes()[depth] == byte);
                open.push((trie.nodes.len(), below.start..below.start + same, depth));
                trie.push_node(byte);
                below.start += same;
                trie.nodes[at].children_len += 1;
                // UTF-8 has fewer than 255 different bytes.
                table[usize::from(byte)] = trie.nodes[at].children_len as u8;
            }
            if trie.nodes[at].children_len as usize > SCANNED_MAX {
                trie.nodes[at].table = trie.tables.len() as u32;
                trie.tables.push(table);
            }
        }
        trie
    }

    /// Calls `found` with every member that begins at byte `at`, and with the byte at which it ends.
    #[inline]
    pub(crate) fn each_at(&self, text: &[u8], at: usize, mut found: impl FnMut(usize, usize)) {
        let mut node = &self.nodes[0];
        let mut at = at;
        while let Some(&byte) = text.get(at) {
            let Some(child) = self.child(node, byte) else { return };
            node = &self.nodes[child];
            at += 1;
            let label = &self.labels[node.label as usize..][..node.label_len as usize];
            if !label.is_empty() {
                // Labels are short: a loop is quicker than a call.
                let agrees =
                    text.len() >= at + label.len() && label.iter().zip(&text[at..]).all(|(a, b)| a == b);
                if !agrees {
                    return;
                }
                at += label.len();
            }
            if node.member != NONE {
                found(node.member as usize, at);
            }
        }
    }

    #[inline]
    fn child(&self, node: &Node, byte: u8) -> Option<usize> {
        let children = node.children as usize;
        let nth = if node.table == NONE {
            self.firsts[children..][..node.children_len as usize].iter().position(|&first| first == byte)?
        } else {
            usize::from(self.tables[node.table as usize][usize::from(byte)]).checked_sub(1)?
        };
        Some(children + nth)
    }

    fn push_node(&mut self, first: u8) {
        self.firsts.push(first);
        self.nodes.push(Node {
            label: 0,
            label_len: 0,
            member: NONE,
            children: 0,
            children_len: 0,
            table: NONE,
        });
    }
}

/// How many bytes all of some sorted members begin with: what the first and the last share.
fn shared_len(members: &[&str], below: &Range<usize>) -> usize {
    match &members[below.clone()] {
        [first, .., last] => first.bytes().zip(last.bytes()).take_while(|(a, b)| a == b).count(),
        [only] => only.len(),
        [] => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every member at every place, found by comparing.
    fn plainly(members: &[&str], text: &str) -> Vec<(usize, usize, usize)> {
        let each = |at: usize| {
            let here = members.iter().enumerate().filter(move |(_, member)| text[at..].starts_with(**member));
            here.map(move |(index, member)| (at, index, at + member.len()))
        };
        text.char_indices().flat_map(|(at, _)| each(at)).collect()
    }

    fn check(members: &[&str], text: &str) {
        let mut sorted = members.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let trie = Trie::new(&sorted);
        let mut found = Vec::new();
        for (at, _) in text.char_indices() {
            trie.each_at(text.as_bytes(), at, |member, end| found.push((at, member, end)));
        }
        found.sort_unstable();
        assert_eq!(found, plainly(&sorted, text), "{members:?} in {text:?}");
    }

    #[test]
    fn finds_every_member_that_begins_at_a_place() {
        check(&[], "text");
        check(&["a", "ab", "abc", "b"], "abcab");
        check(&["visa", "visas", "visit visa", "vis"], "visit visas");
        check(&["包吃", "包吃包住", "包机票"], "包吃包住,包机票");
        check(&["ที่", "ที่พัก"], "มีที่พัก");
        let many: Vec<String> = ('a'..='z').map(|c| format!("x{c}")).collect();
        check(&many.iter().map(String::as_str).collect::<Vec<_>>(), "xaxzx");
    }

    proptest! {
        #[test]
        fn agrees_with_comparing(members in proptest::collection::vec("[abé包]{1,5}", 0..20), text in "[abé包]{0,30}") {
            check(&members.iter().map(String::as_str).collect::<Vec<_>>(), &text);
        }
    }
}
