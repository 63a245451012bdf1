//! *How do requests come in and answers go out?* HTTP on this machine alone.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};
use tokio::net::TcpListener;

use crate::guard::{self, HEADERS, Origin};
use crate::reply::{Reply, Request};
use crate::shelf::Site;

/// Bytes of a form at most.
const MOST_SENT: usize = 256 << 10;

/// Threads that read the archive.
const READERS: usize = 4;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The archive cannot be opened or read.
    #[error(transparent)]
    Archive(#[from] annalist::archive::Error),
    /// Its events do not follow from its reports, and it cannot be written.
    #[error(
        "expected an archive whose events are up to date, found one behind its reports that cannot be written: {}; run \
         `annalist status` where it can be, then serve it again",
        path.display()
    )]
    Behind {
        /// The archive.
        path: PathBuf,
    },
    /// Nobody else may listen at the port.
    #[error(
        "expected a free port, found port {port} taken ({error}); name another with --port, or 0 for any"
    )]
    Port {
        /// The port asked for.
        port: u16,
        /// What the system says.
        error: io::Error,
    },
    /// The system gives no random numbers.
    #[error("expected random numbers of the system, found none; without them anybody could write")]
    NoChance,
    /// Serving failed.
    #[error("the page can no longer be served: {0}")]
    Failed(#[from] io::Error),
}

/// A server that is listening.
#[derive(Debug)]
pub struct Server {
    site: Arc<Site>,
    listener: std::net::TcpListener,
    port: u16,
}

impl Server {
    /// Listens on this machine at a port; at any free one for 0.
    ///
    /// # Errors
    /// If the port is taken.
    pub fn listen(site: Site, port: u16) -> Result<Self, Error> {
        let taken = |error| Error::Port { port, error };
        let listener = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(taken)?;
        listener.set_nonblocking(true)?;
        let port = listener.local_addr().map_or(port, |address: SocketAddr| address.port());
        Ok(Self { site: Arc::new(site), listener, port })
    }

    /// Where a browser finds it.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers until the program ends.
    ///
    /// # Errors
    /// If the system stops it.
    pub fn run(self) -> Result<(), Error> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .max_blocking_threads(READERS)
            .enable_io()
            .enable_time()
            .build()?;
        let door = Door { site: self.site, port: self.port };
        runtime.block_on(async {
            let listener = TcpListener::from_std(self.listener)?;
            Ok(axum::serve(listener, Router::new().fallback(answer).with_state(door)).await?)
        })
    }
}

#[derive(Clone)]
struct Door {
    site: Arc<Site>,
    port: u16,
}

async fn answer(State(door): State<Door>, request: HttpRequest) -> Response<Body> {
    let reply = match taken(&door, request).await {
        Err(reply) => Arc::new(reply),
        Ok(request) => {
            let site = Arc::clone(&door.site);
            let worked = tokio::task::spawn_blocking(move || site.answer(&request)).await;
            worked.unwrap_or_else(|_| {
                Arc::new(Reply::words(500, "This view failed; the archive was not changed."))
            })
        }
    };
    sent(&reply, &door.site.token)
}

/// A request that may be answered, or why it may not.
async fn taken(door: &Door, request: HttpRequest) -> Result<Request, Reply> {
    let (parts, body) = request.into_parts();
    let origin = Origin {
        host: text(&parts.headers, header::HOST.as_str()),
        origin: text(&parts.headers, header::ORIGIN.as_str()),
        site: text(&parts.headers, "sec-fetch-site"),
    };
    if !origin.is_to_us(door.port) {
        return Err(Reply::words(
            421,
            &format!("This page is served as http://127.0.0.1:{}/ and under no other name.", door.port),
        ));
    }
    let is_post = match parts.method {
        Method::GET | Method::HEAD => false,
        Method::POST => true,
        _ => return Err(Reply::words(405, "Pages are read with GET, decisions are made with POST.")),
    };
    if is_post && !origin.is_from_us(door.port) {
        return Err(Reply::words(403, "Decisions are made on pages of this server alone."));
    }
    let query = parts.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut taken = Request { is_post, ..Request::get(&format!("{}{query}", parts.uri.path())) };
    taken.only_pane = text(&parts.headers, "x-pane").is_some();
    taken.known = text(&parts.headers, header::IF_NONE_MATCH.as_str()).map(str::to_owned);
    taken.cookie = text(&parts.headers, header::COOKIE.as_str()).and_then(guard::cookie).map(str::to_owned);
    if is_post {
        let bytes = to_bytes(body, MOST_SENT).await;
        let bytes = bytes.map_err(|_| Reply::words(413, "A form of this page is shorter than that."))?;
        taken.form = form_urlencoded::parse(&bytes).into_owned().collect();
    }
    Ok(taken)
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn sent(reply: &Reply, token: &str) -> Response<Body> {
    let mut response = Response::new(Body::from(reply.body.clone()));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(reply.kind));
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let cookie = format!("annalist={token}; Path=/; HttpOnly; SameSite=Strict");
    let given = [
        (header::LOCATION, reply.to.clone()),
        (header::ETAG, reply.version.clone()),
        (header::SET_COOKIE, reply.kind.starts_with("text/html").then_some(cookie)),
    ];
    for (name, value) in given {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(&value).ok()) {
            headers.insert(name, value);
        }
    }
    response
}
