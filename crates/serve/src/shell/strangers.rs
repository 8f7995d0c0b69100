//! How much those may ask who have not signed in: so many requests a minute from an address. Who has a session or a
//! token that holds is not counted here.
//!
//! Behind a proxy the address is the one that the proxy saw, and only then: what a request says of itself, anybody
//! may have written. This machine itself is not limited, unless the address is one that a proxy told.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use forewarn_app::model::Timestamp;

use super::PageError;
use super::session::Peer;
use crate::api::{Allowance, Limiter};

/// How many requests a minute may come from an address without a session or a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StrangerLimits {
    /// Attempts to sign in and to join.
    pub sign_in_minute_count_max: u32,
    /// The public check, page and API together.
    pub check_minute_count_max: u32,
    /// Everything that is refused for want of a session or a token that holds.
    pub other_minute_count_max: u32,
}

impl Default for StrangerLimits {
    fn default() -> Self {
        Self { sign_in_minute_count_max: 30, check_minute_count_max: 120, other_minute_count_max: 120 }
    }
}

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    SignIn,
    Check,
}

/// Where each begins.
const ROOMS: [(&str, Room); 7] = [
    ("/sign-in/code", Room::SignIn),
    ("/sign-in/provider", Room::SignIn),
    ("/sign-in/callback", Room::SignIn),
    ("/sign-in", Room::SignIn),
    ("/join", Room::SignIn),
    ("/check", Room::Check),
    ("/api/v1/check", Room::Check),
];

/// Counts them.
#[derive(Debug)]
pub(crate) struct Strangers {
    sign_in: Limiter,
    check: Limiter,
    other: Limiter,
    behind_proxy: bool,
    clock: fn() -> Timestamp,
}

impl Strangers {
    /// With limits, and where addresses come from.
    pub(crate) fn new(limits: StrangerLimits, behind_proxy: bool, clock: fn() -> Timestamp) -> Self {
        Self {
            sign_in: Limiter::new(limits.sign_in_minute_count_max),
            check: Limiter::new(limits.check_minute_count_max),
            other: Limiter::new(limits.other_minute_count_max),
            behind_proxy,
            clock,
        }
    }

    fn room(&self, room: Room) -> &Limiter {
        match room {
            Room::SignIn => &self.sign_in,
            Room::Check => &self.check,
        }
    }
}

/// Lets a request through if its address has something left, and says what is left.
pub(crate) async fn meet(State(strangers): State<Arc<Strangers>>, request: Request, next: Next) -> Response {
    let from = address(request.headers(), request.extensions(), strangers.behind_proxy);
    let Some(from) = from.filter(|from| strangers.behind_proxy || !from.is_loopback()) else {
        return next.run(request).await;
    };
    let (who, now) = (named(from), (strangers.clock)());
    if let Some(room) = room(request.method(), request.uri().path()) {
        let allowance = strangers.room(room).take(&who, now);
        let mut response = if allowance.over { refused(allowance) } else { next.run(request).await };
        allowance.write(response.headers_mut());
        return response;
    }
    let mut response = next.run(request).await;
    if response.status() == StatusCode::UNAUTHORIZED {
        let allowance = strangers.other.take(&who, now);
        if allowance.over {
            response = refused(allowance);
        }
        allowance.write(response.headers_mut());
    }
    response
}

/// From where a request comes: what the proxy saw, where there is one; else the other end of the connection.
pub(super) fn address(headers: &HeaderMap, extensions: &Extensions, behind_proxy: bool) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<Peer>>().map(|info| info.0.address());
    let mut told = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    // What the proxy itself saw stands last; what stands before it, anybody may have written.
    let last = told.next_back().and_then(|list| list.rsplit(',').next()).and_then(|last| read(last.trim()));
    let found: Option<IpAddr> = if behind_proxy { last.or(peer) } else { peer };
    found.map(|address| address.to_canonical())
}

/// An address, with or without a port.
fn read(text: &str) -> Option<IpAddr> {
    text.parse().ok().or_else(|| text.parse::<SocketAddr>().ok().map(|both| both.ip()))
}

/// Who asks: an address, or the network of a household (IPv6, where one has as many addresses as one likes).
fn named(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// The form to sign in may be looked at as often as one likes; whatever tries something is counted.
fn room(method: &Method, path: &str) -> Option<Room> {
    let below =
        |start: &str| path.strip_prefix(start).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let (start, room) = ROOMS.iter().find(|(start, _)| below(start))?;
    let form = *start == "/sign-in" && method.is_safe();
    (!form).then_some(*room)
}

fn refused(allowance: Allowance) -> Response {
    let what = format!(
        "more than {} requests a minute from your address: wait {} seconds",
        allowance.limit, allowance.reset_s
    );
    PageError::new(StatusCode::TOO_MANY_REQUESTS, what).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_of_many_addresses_is_one() {
        let check = |address: &str, expected: &str| assert_eq!(named(address.parse().unwrap()), expected);
        check("192.0.2.7", "192.0.2.7");
        check("2001:db8:1:2:3::4", "2001:db8:1:2::/64");
        check("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64");
    }

    #[test]
    fn what_tries_something_is_counted() {
        let check = |method: Method, path: &str, expected: Option<Room>| {
            assert_eq!(room(&method, path), expected, "{method} {path}");
        };
        check(Method::GET, "/sign-in", None);
        check(Method::POST, "/sign-in", Some(Room::SignIn));
        check(Method::GET, "/sign-in/callback", Some(Room::SignIn));
        check(Method::GET, "/join/abc", Some(Room::SignIn));
        check(Method::POST, "/api/v1/check", Some(Room::Check));
        check(Method::GET, "/check", Some(Room::Check));
        check(Method::GET, "/checks", None);
        check(Method::GET, "/api/v1/alarms", None);
    }

    #[test]
    fn only_a_proxy_that_is_there_tells_addresses() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "203.0.113.9, 198.51.100.1".parse().unwrap());
        let mut extensions = Extensions::new();
        extensions.insert(ConnectInfo(Peer::of("192.0.2.1:9".parse().unwrap())));
        let check = |headers: &HeaderMap, behind_proxy: bool, expected: &str| {
            assert_eq!(address(headers, &extensions, behind_proxy).unwrap().to_string(), expected);
        };
        check(&headers, false, "192.0.2.1");
        check(&headers, true, "198.51.100.1");
        assert_eq!(address(&headers, &Extensions::new(), false), None);
        headers.append("x-forwarded-for", "[2001:db8::7]:4711".parse().unwrap());
        check(&headers, true, "2001:db8::7");
    }
}
