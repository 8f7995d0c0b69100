//! TLS with a certificate of the operator's own, for those who run without a proxy; client certificates where
//! a partner is to be known by one.

use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// How long a handshake may take.
const HANDSHAKE_MS_MAX: u64 = 10_000;

/// How many handshakes run at a time; further callers wait.
const HANDSHAKES_MAX: usize = 256;

/// Where the certificate lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// The certificate with its chain, PEM.
    pub certificate: PathBuf,
    /// Its private key, PEM.
    pub key: PathBuf,
    /// Certificates of those who may present one of their own, PEM; nobody is asked for one if there is none.
    pub client_authorities: Option<PathBuf>,
}

impl Tls {
    /// Reads the files; the error names the file and what is wrong with it.
    pub fn load(&self) -> Result<Arc<ServerConfig>, String> {
        let chain = certificates(&self.certificate)?;
        let key = PrivateKeyDer::from_pem_file(&self.key).map_err(|error| told(&self.key, error))?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?;
        let builder = match &self.client_authorities {
            None => builder.with_no_client_auth(),
            Some(path) => {
                let mut roots = RootCertStore::empty();
                for certificate in certificates(path)? {
                    roots.add(certificate).map_err(|error| told(path, error))?;
                }
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                    .allow_unauthenticated()
                    .build()
                    .map_err(|error| told(path, error))?;
                builder.with_client_cert_verifier(verifier)
            }
        };
        let config = builder.with_single_cert(chain, key).map_err(|error| told(&self.certificate, error))?;
        Ok(Arc::new(config))
    }
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let read = CertificateDer::pem_file_iter(path).map_err(|error| told(path, error))?;
    let all: Vec<_> = read.collect::<Result<_, _>>().map_err(|error| told(path, error))?;
    if all.is_empty() { Err(told(path, "it holds no certificate in PEM")) } else { Ok(all) }
}

fn told(path: &Path, why: impl std::fmt::Display) -> String {
    format!("read {}: {why}", path.display())
}

/// Takes connections and shakes hands, each by itself, so that a slow one keeps nobody waiting.
pub(crate) struct TlsListener {
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    address: SocketAddr,
}

impl TlsListener {
    /// Wraps a listener.
    pub(crate) fn new(listener: TcpListener, config: Arc<ServerConfig>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (sender, ready) = mpsc::channel(HANDSHAKES_MAX);
        let (acceptor, slots) = (TlsAcceptor::from(config), Arc::new(Semaphore::new(HANDSHAKES_MAX)));
        tokio::spawn(async move {
            while !sender.is_closed() {
                let Ok(slot) = Arc::clone(&slots).acquire_owned().await else { return };
                // As axum does for plain connections: what fails here (too many open files) passes.
                let Ok((stream, from)) = listener.accept().await else {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    continue;
                };
                let (acceptor, sender) = (acceptor.clone(), sender.clone());
                tokio::spawn(async move {
                    let wait = Duration::from_millis(HANDSHAKE_MS_MAX);
                    if let Ok(Ok(stream)) = tokio::time::timeout(wait, acceptor.accept(stream)).await {
                        // A closed channel: the service stops.
                        let _ = sender.send((stream, from)).await;
                    }
                    drop(slot);
                });
            }
        });
        Ok(Self { ready, address })
    }
}

impl axum::serve::Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(taken) => taken,
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_which_file_is_wrong() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cert.pem");
        let tls = Tls { certificate: path.clone(), key: path.clone(), client_authorities: None };
        assert!(tls.load().unwrap_err().contains("cert.pem"));
        std::fs::write(&path, "no certificate").unwrap();
        assert!(tls.load().unwrap_err().contains("holds no certificate"));
    }
}
