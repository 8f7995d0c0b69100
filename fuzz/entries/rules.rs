//! What the fuzz target of the pack language runs, shared with its tests. What must hold: no panic; what
//! compiles can be tested, formats, and formats to itself.

use forewarn_rules::{Limits, Pack, SourceFile, format};

const HEAD: &str = "name = \"fuzz\"\nversion = \"1\"\nabout = \"A pack of the fuzzer\"\n";

/// A pack: files divided by lines `=== path`; what comes before the first is an indicator.
pub(crate) fn pack(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let mut files = vec![SourceFile { path: "pack.toml".to_owned(), text: HEAD.to_owned() }];
    let mut parts = text.split("=== ");
    let first = parts.next().unwrap_or_default();
    files.push(SourceFile { path: "indicators/fuzz.toml".to_owned(), text: first.to_owned() });
    for part in parts.take(8) {
        let (path, text) = part.split_once('\n').unwrap_or((part, ""));
        files.push(SourceFile { path: path.trim().to_owned(), text: text.to_owned() });
    }
    for file in &files {
        if let Ok(once) = format(file) {
            let again = format(&SourceFile { path: file.path.clone(), text: once.clone() });
            assert_eq!(again.ok().as_ref(), Some(&once), "formatting twice changes nothing");
        }
    }
    if let Ok((pack, _)) = Pack::compile(&files, &Limits::default()) {
        pack.test();
    }
}
