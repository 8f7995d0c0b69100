//! Cuts a bundle of any length into its objects, without holding more than one of them.
//!
//! Bytes are pushed in as they come; whoever pushes does the reading. Understood are a bundle (STIX 2.1, section 8),
//! an envelope (TAXII 2.1, section 3.7), a plain list of objects, one object alone, and several of these one after
//! the other, such as one a line. Only the frame is understood here, not the objects: what an object says is for
//! [`super::admit`].

use thiserror::Error;

/// How much is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SplitLimits {
    /// Longest object, in bytes; a longer one is left out and told.
    pub object_bytes_max: usize,
    /// Longest other member of the frame, such as `next`, in bytes; a longer one is passed over.
    pub member_bytes_max: usize,
}

impl Default for SplitLimits {
    fn default() -> Self {
        Self { object_bytes_max: 8 << 20, member_bytes_max: 4096 }
    }
}

/// What was cut out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'a> {
    /// An object, as it stands there.
    Object {
        /// Its place in the input, from 1.
        number: u64,
        /// Where it begins, in bytes.
        offset: u64,
        /// Its text.
        bytes: &'a [u8],
    },
    /// An object that is longer than allowed.
    TooLong {
        /// Its place in the input, from 1.
        number: u64,
        /// Where it begins, in bytes.
        offset: u64,
        /// Its length in bytes.
        bytes: u64,
    },
    /// Another member of the frame.
    Member {
        /// Its name.
        name: &'a str,
        /// Its value, as JSON.
        json: &'a [u8],
    },
}

/// A text that has not the frame of a bundle.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("byte {offset}: {what}")]
pub struct SplitError {
    /// Where, in bytes from the start.
    pub offset: u64,
    /// What was found or expected.
    pub what: &'static str,
}

/// Cuts what is pushed in.
#[derive(Debug)]
pub struct Splitter {
    limits: SplitLimits,
    state: State,
    value: Value,
    name: Vec<u8>,
    held: Vec<u8>,
    /// The frame so far, for the case that it is an object itself; none once it is known to be more.
    frame: Option<Vec<u8>>,
    frame_starts: u64,
    listed: bool,
    starts: u64,
    offset: u64,
    number: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Start,
    FirstName,
    Name,
    InName { escaped: bool },
    Colon,
    MemberStart,
    Member,
    AfterMember,
    FirstObject,
    Object,
    InObject,
    AfterObject,
}

/// Follows one JSON value to its end.
#[derive(Debug, Clone, Copy, Default)]
struct Value {
    depth: u32,
    string: bool,
    escaped: bool,
    /// A number or word, which ends before the byte after it.
    scalar: bool,
    length: u64,
}

#[derive(PartialEq, Eq)]
enum Step {
    Inside,
    /// This byte is the last one.
    Last,
    /// The byte before was the last one.
    Past,
}

impl Value {
    fn step(&mut self, byte: u8) -> Step {
        if self.string {
            if self.escaped {
                self.escaped = false;
            } else if byte == b'\\' {
                self.escaped = true;
            } else if byte == b'"' {
                self.string = false;
                return if self.depth == 0 { Step::Last } else { Step::Inside };
            }
            return Step::Inside;
        }
        match byte {
            b'"' if self.depth == 0 && self.scalar => Step::Past,
            b'"' => {
                self.string = true;
                Step::Inside
            }
            b'{' | b'[' => {
                self.depth = self.depth.saturating_add(1);
                Step::Inside
            }
            b'}' | b']' if self.depth == 0 => Step::Past,
            b'}' | b']' => {
                self.depth -= 1;
                if self.depth == 0 { Step::Last } else { Step::Inside }
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => Step::Past,
            _ => {
                self.scalar |= self.depth == 0;
                Step::Inside
            }
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'\n')
}

impl Splitter {
    /// One that has seen nothing yet.
    pub fn new(limits: SplitLimits) -> Self {
        Self {
            limits,
            state: State::Start,
            value: Value::default(),
            name: Vec::new(),
            held: Vec::new(),
            frame: None,
            frame_starts: 0,
            listed: false,
            starts: 0,
            offset: 0,
            number: 0,
        }
    }

    /// Takes further bytes; calls `found` for each piece that ends in them.
    pub fn push(&mut self, bytes: &[u8], found: &mut dyn FnMut(Piece<'_>)) -> Result<(), SplitError> {
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            // Inside of an object whole runs are taken; everywhere else byte by byte.
            let (taken, kept) = match self.state {
                State::InObject => self.object(&bytes[at..], found),
                State::Member => self.member(&bytes[at..], found),
                _ => (1, self.byte(byte)?),
            };
            self.keep_frame(&bytes[at..at + taken]);
            self.offset += taken as u64;
            at += taken;
            if kept == Flow::End {
                self.end_frame(found);
            }
        }
        Ok(())
    }

    /// Says that there are no more bytes; an error if the input ends in the middle.
    pub fn finish(self) -> Result<u64, SplitError> {
        match self.state {
            State::Start => Ok(self.number),
            _ => Err(SplitError { offset: self.offset, what: "it ends in the middle: it was cut short" }),
        }
    }

    fn error<T>(&self, what: &'static str) -> Result<T, SplitError> {
        Err(SplitError { offset: self.offset, what })
    }

    fn byte(&mut self, byte: u8) -> Result<Flow, SplitError> {
        use State::*;
        if let InName { escaped } = self.state {
            match byte {
                _ if escaped => self.state = InName { escaped: false },
                b'\\' => self.state = InName { escaped: true },
                b'"' => {
                    self.state = Colon;
                    return Ok(Flow::On);
                }
                _ => {}
            }
            if self.name.len() < self.limits.member_bytes_max {
                self.name.push(byte);
            }
            return Ok(Flow::On);
        }
        // A byte order mark at the very start is no part of the text (RFC 8259, section 8.1).
        if is_space(byte) || (self.state == Start && self.offset < 3 && b"\xef\xbb\xbf".contains(&byte)) {
            return Ok(Flow::On);
        }
        self.state = match (self.state, byte) {
            (Start, b'{') => {
                self.frame = Some(Vec::new());
                self.frame_starts = self.offset;
                self.listed = false;
                FirstName
            }
            (Start, b'[') => {
                self.listed = true;
                self.frame = None;
                self.name.clear();
                FirstObject
            }
            (Start, b',' | b';') => return self.error("expected { or [, as a bundle begins"),
            (Start, _) => return self.error("this is no JSON: expected { or [, as a bundle begins"),
            (FirstName | Name, b'"') => {
                self.name.clear();
                InName { escaped: false }
            }
            (FirstName, b'}') => return self.ends(),
            (FirstName | Name, _) => return self.error("expected the name of a member"),
            (Colon, b':') => MemberStart,
            (Colon, _) => return self.error("expected : after the name of a member"),
            (MemberStart, b'[') if self.name == b"objects" => {
                self.listed = true;
                self.frame = None;
                FirstObject
            }
            (MemberStart, b',' | b'}' | b']') => return self.error("expected a value"),
            (MemberStart, _) => {
                self.begin();
                self.hold(byte, self.limits.member_bytes_max);
                self.value.step(byte);
                Member
            }
            (AfterMember, b',') => Name,
            (AfterMember, b'}') => return self.ends(),
            (AfterMember, _) => return self.error("expected , or } after a member"),
            (FirstObject, b']') | (AfterObject, b']') => {
                if self.name.is_empty() {
                    return self.ends();
                }
                self.name.clear();
                AfterMember
            }
            (FirstObject | Object, b',' | b']' | b'}') => return self.error("expected an object"),
            (FirstObject | Object, _) => {
                self.begin();
                self.number += 1;
                self.hold(byte, self.limits.object_bytes_max);
                self.value.step(byte);
                InObject
            }
            (AfterObject, b',') => Object,
            (AfterObject, _) => return self.error("expected , or ] after an object"),
            (InName { .. } | Member | InObject, _) => self.state,
        };
        Ok(Flow::On)
    }

    fn ends(&mut self) -> Result<Flow, SplitError> {
        self.state = State::Start;
        Ok(Flow::End)
    }

    fn begin(&mut self) {
        self.starts = self.offset;
        self.held.clear();
        self.value = Value::default();
    }

    fn hold(&mut self, byte: u8, most: usize) {
        self.value.length += 1;
        if self.held.len() < most {
            self.held.push(byte);
        }
    }

    /// Takes a run of the value at hand; how many bytes, and whether it ended.
    fn run(&mut self, bytes: &[u8], most: usize) -> (usize, bool) {
        let mut taken = bytes.len();
        let mut ended = false;
        for (at, byte) in bytes.iter().enumerate() {
            match self.value.step(*byte) {
                Step::Inside => {}
                Step::Last => (taken, ended) = (at + 1, true),
                Step::Past => (taken, ended) = (at, true),
            }
            if ended {
                break;
            }
        }
        self.value.length += taken as u64;
        let room = most.saturating_sub(self.held.len());
        self.held.extend_from_slice(&bytes[..taken.min(room)]);
        (taken, ended)
    }

    fn object(&mut self, bytes: &[u8], found: &mut dyn FnMut(Piece<'_>)) -> (usize, Flow) {
        let (taken, ended) = self.run(bytes, self.limits.object_bytes_max);
        if ended {
            let (number, offset, length) = (self.number, self.starts, self.value.length);
            if length > self.limits.object_bytes_max as u64 {
                found(Piece::TooLong { number, offset, bytes: length });
            } else {
                found(Piece::Object { number, offset, bytes: &self.held });
            }
            self.state = State::AfterObject;
        }
        (taken, Flow::On)
    }

    fn member(&mut self, bytes: &[u8], found: &mut dyn FnMut(Piece<'_>)) -> (usize, Flow) {
        let (taken, ended) = self.run(bytes, self.limits.member_bytes_max);
        if ended {
            self.state = State::AfterMember;
            if self.value.length <= self.limits.member_bytes_max as u64
                && let Ok(name) = std::str::from_utf8(&self.name)
            {
                found(Piece::Member { name, json: &self.held });
            }
        }
        (taken, Flow::On)
    }

    fn keep_frame(&mut self, bytes: &[u8]) {
        let most = self.limits.object_bytes_max;
        if let Some(frame) = &mut self.frame {
            let room = (most + 1).saturating_sub(frame.len());
            frame.extend_from_slice(&bytes[..bytes.len().min(room)]);
        }
    }

    /// A frame without a list of objects is an object itself, if it names a type that is no bundle.
    fn end_frame(&mut self, found: &mut dyn FnMut(Piece<'_>)) {
        let Some(frame) = self.frame.take() else { return };
        if self.listed || frame.len() > self.limits.object_bytes_max {
            return;
        }
        let is_object = serde_json::from_slice::<Kind<'_>>(&frame).is_ok_and(|it| it.kind != "bundle");
        if is_object {
            self.number += 1;
            found(Piece::Object { number: self.number, offset: self.frame_starts, bytes: &frame });
        }
    }
}

#[derive(PartialEq, Eq)]
enum Flow {
    On,
    End,
}

#[derive(serde::Deserialize)]
struct Kind<'a> {
    #[serde(rename = "type", borrow)]
    kind: std::borrow::Cow<'a, str>,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    /// The objects, the members, and the error, however the text is cut into pieces.
    fn split(text: &[u8], cut: usize, limits: SplitLimits) -> (Vec<String>, Vec<String>, Option<SplitError>) {
        let mut splitter = Splitter::new(limits);
        let (mut objects, mut members) = (Vec::new(), Vec::new());
        let text_of = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        for part in text.chunks(cut.max(1)) {
            let pushed = splitter.push(part, &mut |piece| match piece {
                Piece::Object { bytes, .. } => objects.push(text_of(bytes)),
                Piece::TooLong { number, bytes, .. } => objects.push(format!("too long: {number}, {bytes}")),
                Piece::Member { name, json } => members.push(format!("{name}={}", text_of(json))),
            });
            if let Err(error) = pushed {
                return (objects, members, Some(error));
            }
        }
        (objects, members, splitter.finish().err())
    }

    #[track_caller]
    fn check(text: &str, objects: &[&str], members: &[&str], error: Option<&str>) {
        for cut in [1, 2, 3, 7, 1 << 20] {
            let (found, named, failed) = split(text.as_bytes(), cut, SplitLimits::default());
            assert_eq!(found, objects, "{text} cut at {cut}");
            assert_eq!(named, members, "{text} cut at {cut}");
            let told = failed.map(|error| error.to_string());
            match (&told, error) {
                (None, None) => {}
                (Some(told), Some(part)) => assert!(told.contains(part), "{told}"),
                _ => panic!("{text}: {told:?}, expected {error:?}"),
            }
        }
    }

    #[test]
    fn cuts_bundles_envelopes_lists_and_single_objects() {
        check(
            r#"{"type":"bundle","id":"bundle--1","objects":[{"a":1},{"b":"]}"}]}"#,
            &[r#"{"a":1}"#, r#"{"b":"]}"}"#],
            &[r#"type="bundle""#, r#"id="bundle--1""#],
            None,
        );
        check(
            r#" {"more" : true , "next":"5","objects": [ {"a":[{}]} ] } "#,
            &[r#"{"a":[{}]}"#],
            &["more=true", r#"next="5""#],
            None,
        );
        check(r#"{"objects":[],"more":false}"#, &[], &["more=false"], None);
        check("{}", &[], &[], None);
        check("", &[], &[], None);
        check(r#"[{"a":1},{"b":2}]"#, &[r#"{"a":1}"#, r#"{"b":2}"#], &[], None);
        check("\u{feff}[]", &[], &[], None);
        let (found, _, error) = split(br#"{"type":"tool","x":{"y":1}}"#, 4, SplitLimits::default());
        assert_eq!(
            (found.as_slice(), error),
            ([r#"{"type":"tool","x":{"y":1}}"#.to_owned()].as_slice(), None)
        );
        let (found, _, _) = split(b"{\"type\":\"tool\"}\n{\"type\":\"url\"}\n", 5, SplitLimits::default());
        assert_eq!(found, [r#"{"type":"tool"}"#, r#"{"type":"url"}"#]);
        let (found, _, _) = split(br#"{"type":"bundle","id":"x"}"#, 5, SplitLimits::default());
        assert!(found.is_empty());
    }

    #[test]
    fn says_where_a_frame_is_broken() {
        check("hello", &[], &[], Some("byte 0: this is no JSON"));
        check(r#"{"objects":[{"a":1}"#, &[r#"{"a":1}"#], &[], Some("cut short"));
        check(r#"{"objects":[{"a":1} {"b":2}]}"#, &[r#"{"a":1}"#], &[], Some("expected , or ]"));
        check(r#"{"objects":[,]}"#, &[], &[], Some("byte 12: expected an object"));
        check(r#"{"objects" 1}"#, &[], &[], Some("expected :"));
        check("<html>", &[], &[], Some("no JSON"));
        check(r#"[{"a":1}]x"#, &[r#"{"a":1}"#], &[], Some("no JSON"));
    }

    #[test]
    fn an_object_that_is_too_long_is_told_and_left_out() {
        let limits = SplitLimits { object_bytes_max: 8, ..SplitLimits::default() };
        let (found, _, error) = split(br#"[{"a":1},{"a":12345},{"b":2}]"#, 3, limits);
        assert_eq!(
            (found, error),
            (vec![r#"{"a":1}"#.into(), "too long: 2, 11".into(), r#"{"b":2}"#.into()], None)
        );
    }

    proptest! {
        #[test]
        fn any_bundle_comes_apart_into_its_objects(texts in prop::collection::vec("\\PC{0,12}", 0..6), cut in 1usize..40) {
            let objects: Vec<Value> = texts.iter().map(|text| json!({ text: [text, {"x": text}] })).collect();
            let bundle = json!({ "type": "bundle", "objects": objects }).to_string();
            let (found, _, error) = split(bundle.as_bytes(), cut, SplitLimits::default());
            prop_assert_eq!(error, None);
            let found: Vec<Value> = found.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
            prop_assert_eq!(found, objects);
        }

        #[test]
        fn any_bytes_end_in_pieces_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..60), cut in 1usize..9) {
            let whole = split(&bytes, bytes.len().max(1), SplitLimits::default());
            prop_assert_eq!(split(&bytes, cut, SplitLimits::default()), whole);
        }
    }
}
