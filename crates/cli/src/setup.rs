//! Clock, randomness, folders and logging: what the rest of the house gets as parameters.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use forewarn_app::collect::Source;
use forewarn_app::model::rights::Rights;
use forewarn_app::model::{Clearance, Timestamp};
use forewarn_app::pack::load::{self, Loaded};
use forewarn_app::{AppError, Context, Engine, Workspace};
use tracing_subscriber::EnvFilter;

use crate::args::Global;

/// Where logs go: standard error, as text.
pub(crate) fn logging(global: &Global) {
    let filter = EnvFilter::try_new(&global.log).unwrap_or_else(|_| EnvFilter::new("warn"));
    // Colours would be noise in a file.
    let colours = io::stderr().is_terminal();
    let logs = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    logs.with_ansi(colours).with_target(true).init();
}

/// Who acts and when. The user of the machine owns the data folder and may see all of it.
pub(crate) fn context(global: &Global) -> Context {
    let now = global.now.unwrap_or_else(now);
    Context {
        now,
        actor: global.user.clone(),
        clearance: Clearance::ALL,
        rights: Rights::all(),
        random,
        passphrase: Arc::new(passphrase),
    }
}

/// The time.
#[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

#[allow(clippy::disallowed_methods, reason = "the one place that draws randomness")]
fn random(bytes: &mut [u8; 32]) -> Result<(), String> {
    getrandom::fill(bytes).map_err(|error| error.to_string())
}

/// The passphrase of the signing key: from a file, from the environment, or asked for on the terminal.
fn passphrase(new: bool) -> Result<String, String> {
    if let Some(given) = given_passphrase() {
        return given;
    }
    if !io::stdin().is_terminal() {
        return Err(needed("or use a terminal"));
    }
    let ask = |prompt: &str| rpassword::prompt_password(prompt).map_err(|error| error.to_string());
    let given = ask(if new {
        "Choose a passphrase for the signing key: "
    } else {
        "Passphrase of the signing key: "
    })?;
    if new && ask("The same again: ")? != given {
        return Err("the two passphrases differ: nothing was changed, try again".to_owned());
    }
    Ok(given)
}

/// The same for a service, whose terminal nobody watches: nothing is asked there.
pub(crate) fn service_passphrase(_new: bool) -> Result<String, String> {
    given_passphrase().unwrap_or_else(|| Err(needed("or type it into the page")))
}

fn needed(otherwise: &str) -> String {
    let remedy = "set FOREWARN_KEY_PASSPHRASE_FILE or FOREWARN_KEY_PASSPHRASE";
    format!("the signing key has a passphrase: {remedy}, {otherwise}")
}

/// The passphrase that a file or the environment gives, if one does.
fn given_passphrase() -> Option<Result<String, String>> {
    let whole = |text: String| text.trim_end_matches(['\r', '\n']).to_owned();
    if let Some(path) = std::env::var_os("FOREWARN_KEY_PASSPHRASE_FILE") {
        let text = std::fs::read_to_string(&path);
        return Some(
            text.map(whole).map_err(|error| format!("read {}: {error}", Path::new(&path).display())),
        );
    }
    let text = std::env::var_os("FOREWARN_KEY_PASSPHRASE")?;
    Some(text.into_string().map_err(|_| "FOREWARN_KEY_PASSPHRASE is not UTF-8".to_owned()))
}

/// User and password for the mail server, if they are set.
pub(crate) fn smtp_credentials() -> Result<Option<(String, String)>> {
    let Some(user) = std::env::var_os("FOREWARN_SMTP_USER") else { return Ok(None) };
    let user = user.to_string_lossy().into_owned();
    let path = std::env::var_os("FOREWARN_SMTP_PASSWORD_FILE")
        .context("FOREWARN_SMTP_USER is set: set FOREWARN_SMTP_PASSWORD_FILE too")?;
    let password =
        std::fs::read_to_string(&path).with_context(|| format!("read {}", Path::new(&path).display()))?;
    Ok(Some((user, password.trim_end_matches(['\r', '\n']).to_owned())))
}

/// The data folder: as told, or the user's (XDG Base Directory Specification).
pub(crate) fn data_folder(global: &Global) -> Result<PathBuf> {
    if let Some(folder) = &global.data {
        return Ok(folder.clone());
    }
    let variable = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    variable("XDG_DATA_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".local/share")))
        .map(|base| base.join("forewarn"))
        .context("find the data folder: neither HOME nor XDG_DATA_HOME is set: choose one with --data")
}

/// What reads and assesses a text: with the rules that ship inside, those in the data folder, and those named
/// with `--pack`.
pub(crate) fn engine(global: &Global) -> Result<Engine> {
    Ok(Engine::with_pack(packs(global)?.pack)?)
}

/// The rules that are in use. What is wrong with them goes to standard error.
fn packs(global: &Global) -> Result<Loaded> {
    // Without a data folder there are no packs in it.
    let data = data_folder(global).ok();
    match load::from_data(data.as_deref(), &global.pack) {
        Ok(loaded) => Ok(loaded),
        Err(AppError::Rules { findings }) => {
            findings.iter().for_each(|finding| crate::output::note!("{finding}"));
            Err(AppError::Rules { findings }.into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Opens the data folder, which must have a store.
pub(crate) fn workspace(global: &Global) -> Result<Workspace> {
    Ok(Workspace::open_existing(&data_folder(global)?)?)
}

/// Opens a file, or standard input for `-`; with its size where that is known.
pub(crate) fn source(path: &Path) -> Result<(Source<'static>, Option<u64>)> {
    if path == Path::new("-") {
        return Ok((Source::stream(io::stdin()), None));
    }
    let (file, bytes) = file(path)?;
    Ok((Source::file(file), bytes))
}

/// The same, to be read from its start.
pub(crate) fn open(path: &Path) -> Result<(Box<dyn Read + Send>, Option<u64>)> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin()), None));
    }
    let (file, bytes) = file(path)?;
    Ok((Box::new(file), bytes))
}

fn file(path: &Path) -> Result<(File, Option<u64>)> {
    let file = File::open(path).with_context(|| format!("open {}", path.display()))?;
    let meta = file.metadata().with_context(|| format!("open {}", path.display()))?;
    if meta.is_dir() {
        bail!("open {}: it is a folder: name the files in it", path.display());
    }
    Ok((file, Some(meta.len()).filter(|_| meta.is_file())))
}

/// How files begin that hold no plain text, and what to do with them.
const NO_TEXT: [(&[u8], &str); 8] = [
    (b"%PDF", "a PDF file: copy its words into a text file, or paste them"),
    (b"PK\x03\x04", "a document or archive: copy its words into a text file, or paste them"),
    (b"\xd0\xcf\x11\xe0", "an Office document: copy its words into a text file, or paste them"),
    (b"\x89PNG", "a picture: type its words into a text file, or paste them"),
    (b"\xff\xd8\xff", "a picture: type its words into a text file, or paste them"),
    (b"GIF8", "a picture: type its words into a text file, or paste them"),
    (b"\x1f\x8b", "compressed with gzip: decompress it first"),
    (b"\x28\xb5\x2f\xfd", "compressed with Zstandard: decompress it first"),
];

/// Of a text, at most one character in this many is a control character or was none at all.
const ODD_ONE_IN: usize = 20;

/// Reads a whole text of at most `bytes_max` bytes; what is not UTF-8 is converted. What is no text is refused:
/// of a picture nobody may be told that it shows no signs.
pub(crate) fn text(path: &Path, bytes_max: u64) -> Result<String> {
    let (input, _) = open(path)?;
    let mut bytes = Vec::new();
    input.take(bytes_max + 1).read_to_end(&mut bytes).with_context(|| format!("read {}", path.display()))?;
    if bytes.len() as u64 > bytes_max {
        bail!("read {}: longer than {bytes_max} bytes: cut the text to the offer itself", path.display());
    }
    if let Some((_, what)) = NO_TEXT.iter().find(|(start, _)| bytes.starts_with(start)) {
        bail!("read {}: it is {what}", path.display());
    }
    let text = forewarn_app::collect::to_text(bytes);
    let odd = |c: &char| (c.is_control() && !c.is_whitespace()) || *c == char::REPLACEMENT_CHARACTER;
    let (odd, all) = (text.chars().filter(odd).count(), text.chars().count());
    if odd > ODD_ONE_IN && odd > all / ODD_ONE_IN {
        bail!("read {}: it is no text: save or paste the words of the offer as plain text", path.display());
    }
    Ok(text)
}
