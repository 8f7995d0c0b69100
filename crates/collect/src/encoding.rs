//! Other encodings become UTF-8. UTF-8 passes through as it is: what is invalid in it is seen to record by
//! record, so that one bad byte costs one record a character and not the whole input its encoding.

use std::io::{self, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

/// How much of an input is looked at to tell its encoding.
const LOOK_BYTES: usize = 64 << 10;

/// Bytes of UTF-8, whatever came in.
pub(crate) struct Utf8<R> {
    inner: R,
    start: Vec<u8>,
    start_at: usize,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    decoded: Vec<u8>,
    decoded_at: usize,
    ended: bool,
    /// What went wrong behind the first bytes; told when they have been read.
    failed: Option<io::Error>,
}

impl<R: Read> Utf8<R> {
    /// Looks at the first bytes: a byte order mark decides; else UTF-8 if they are nearly all valid UTF-8;
    /// else what they look like. The second value is the encoding's name if it is not UTF-8.
    pub(crate) fn new(mut inner: R) -> io::Result<(Self, Option<&'static str>)> {
        let mut start = Vec::new();
        let looked = inner.by_ref().take(LOOK_BYTES as u64).read_to_end(&mut start);
        let failed = looked.err();
        if start.is_empty()
            && let Some(error) = failed
        {
            return Err(error);
        }
        let (encoding, mark) = match Encoding::for_bom(&start) {
            Some((encoding, mark)) => (encoding, mark),
            None => (guess(&start), 0),
        };
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        let name = decoder.is_some().then(|| encoding.name());
        let utf8 = Self {
            inner,
            start,
            start_at: mark,
            decoder,
            raw: Vec::new(),
            decoded: Vec::new(),
            decoded_at: 0,
            ended: false,
            failed,
        };
        Ok((utf8, name))
    }

    /// The first bytes, after a byte order mark, as they came in.
    pub(crate) fn start(&self) -> &[u8] {
        self.start.get(self.start_at..).unwrap_or_default()
    }

    fn read_raw(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let rest = self.start.get(self.start_at..).unwrap_or_default();
        if rest.is_empty() {
            return match self.failed.take() {
                Some(error) => Err(error),
                None => self.inner.read(buffer),
            };
        }
        let read = rest.len().min(buffer.len());
        buffer[..read].copy_from_slice(&rest[..read]);
        self.start_at += read;
        Ok(read)
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.decoder.is_none() {
            return self.read_raw(buffer);
        }
        while self.decoded_at == self.decoded.len() && !self.ended {
            let mut raw = std::mem::take(&mut self.raw);
            raw.resize(16 << 10, 0);
            let read = self.read_raw(&mut raw)?;
            self.ended = read == 0;
            self.decoded.clear();
            self.decoded_at = 0;
            // Three bytes of UTF-8 for each byte of a legacy encoding, and some for what the decoder holds.
            self.decoded.resize(3 * read + 64, 0);
            if let Some(decoder) = &mut self.decoder {
                let (result, _, written, _) =
                    decoder.decode_to_utf8(&raw[..read], &mut self.decoded, self.ended);
                debug_assert_eq!(result, CoderResult::InputEmpty, "the buffer holds the worst case");
                self.decoded.truncate(written);
            }
            self.raw = raw;
        }
        let rest = &self.decoded[self.decoded_at..];
        let read = rest.len().min(buffer.len());
        buffer[..read].copy_from_slice(&rest[..read]);
        self.decoded_at += read;
        Ok(read)
    }
}

/// A whole text as UTF-8: converted from what its bytes look like; what stays invalid becomes U+FFFD.
pub fn to_text(bytes: Vec<u8>) -> String {
    let mut converted = Vec::new();
    let read = Utf8::new(bytes.as_slice()).and_then(|(mut utf8, _)| utf8.read_to_end(&mut converted));
    debug_assert!(read.is_ok(), "reading from memory does not fail");
    String::from_utf8(converted)
        .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// UTF-8 unless more than one byte in two hundred of the non-ASCII ones is out of place.
fn guess(start: &[u8]) -> &'static Encoding {
    let non_ascii = start.iter().filter(|byte| !byte.is_ascii()).count();
    let invalid: usize = start.utf8_chunks().map(|chunk| chunk.invalid().len()).sum();
    if invalid * 200 <= non_ascii + 600 && invalid * 2 <= non_ascii {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(start, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let (mut utf8, _) = Utf8::new(bytes).unwrap();
        let mut out = Vec::new();
        utf8.read_to_end(&mut out).unwrap();
        assert_eq!(String::from_utf8_lossy(&out), expected);
    }

    #[test]
    fn converts_what_it_recognises() {
        check("plain ไทย".as_bytes(), "plain ไทย");
        check(b"\xef\xbb\xbfmarked", "marked");
        check(b"\xff\xfeK\0H\0", "KH");
        let (gbk, _, _) =
            encoding_rs::GBK.encode("高薪招聘打字员，包吃住，月薪三万，无需经验，机票报销，地点在柬埔寨西港");
        check(&gbk, "高薪招聘打字员，包吃住，月薪三万，无需经验，机票报销，地点在柬埔寨西港");
        let russian = "Требуются сотрудники без опыта работы, оплата высокая, проезд и жильё бесплатно";
        let (cp1251, _, _) = encoding_rs::WINDOWS_1251.encode(russian);
        check(&cp1251, russian);
        check(b"", "");
    }

    #[test]
    fn one_bad_byte_does_not_change_the_encoding() {
        let mut text = "việc nhẹ lương cao ".repeat(50).into_bytes();
        text.push(0xff);
        let (_, name) = Utf8::new(text.as_slice()).unwrap();
        assert_eq!(name, None);
    }
}
