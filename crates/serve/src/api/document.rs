//! The OpenAPI 3.1 document, made from the table of operations.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::ask::{Kind, Param, Place};
use super::table::{all, group};
use super::{Endpoint, Gives, LINES, Run};

/// The document as an answer.
pub(super) fn answer() -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "no-cache")];
    (headers, openapi().to_string()).into_response()
}

/// The document.
pub fn openapi() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    let mut groups: Vec<&str> = Vec::new();
    for endpoint in all() {
        let path = format!("/api/v1{}", endpoint.path);
        let operations = paths.entry(path).or_insert_with(|| json!({}));
        operations[endpoint.method.to_lowercase()] = operation(endpoint);
        if !groups.contains(&group(endpoint)) {
            groups.push(group(endpoint));
        }
    }
    paths.insert("/api/v1/check".to_owned(), check());
    groups.push("check");
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Forewarn",
            "version": "1",
            "summary": "Sees human-trafficking-fuelled fraud coming, and warns",
            "description": "What the pages of the desk do, for programs. A token stands in `Authorization: Bearer …`. \
                Lists go page by page: `next` of one page is the `cursor` of the next. Errors are problem documents \
                (RFC 9457). Forewarn is independent; it is no part of INTERPOL or of any agency.",
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "tags": groups.iter().map(|name| json!({ "name": name })).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "schemas": {
                "Thing": { "type": "object" },
                "Page": {
                    "type": "object",
                    "required": ["items", "next"],
                    "properties": {
                        "items": { "type": "array", "items": { "type": "object" } },
                        "next": { "type": ["string", "null"], "description": "The cursor of the next page" },
                        "count": { "type": ["integer", "null"], "description": "How many there are, where it is counted" },
                    },
                },
                "Problem": {
                    "type": "object",
                    "required": ["type", "title", "status", "detail"],
                    "properties": {
                        "type": { "type": "string" },
                        "title": { "type": "string" },
                        "status": { "type": "integer" },
                        "detail": { "type": "string", "description": "What is wrong, where, and what to do" },
                    },
                },
            },
        },
    })
}

fn operation(endpoint: &Endpoint) -> Value {
    let outside = endpoint.params.iter().filter(|param| param.place != Place::Body);
    let mut parameters: Vec<Value> = outside.map(parameter).collect();
    if !matches!(endpoint.run, Run::Read(_) | Run::Stream) {
        parameters.push(json!({
            "name": "Idempotency-Key",
            "in": "header",
            "required": false,
            "description": "A name for this request, such as a uuid: sent again within a day, it acts once",
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!#-~]+$" },
        }));
    }
    let mut operation = json!({
        "operationId": endpoint.name,
        "tags": [group(endpoint)],
        "summary": endpoint.told,
        "description": format!("Takes the right `{}`.", endpoint.right),
        "parameters": parameters,
        "responses": responses(endpoint),
    });
    if let Some(body) = body(endpoint) {
        operation["requestBody"] = body;
    }
    operation
}

fn parameter(param: &Param) -> Value {
    let schema = schema(param.kind);
    let list = json!({ "type": "array", "items": schema, "maxItems": param.values_max() });
    let schema = if param.many { list } else { schema };
    json!({
        "name": param.name,
        "in": if param.place == Place::Path { "path" } else { "query" },
        "required": param.required,
        "description": param.told,
        "schema": schema,
    })
}

fn body(endpoint: &Endpoint) -> Option<Value> {
    if matches!(endpoint.run, Run::Take(_)) {
        let line = json!({
            "type": "string",
            "description": "One report a line: at least `text`; also `id`, `title`, `url`, `kind`, `language`, \
                `published_at`, `tlp`, `pap`, `grading` (docs/formats.md)",
        });
        return Some(json!({ "required": true, "content": { LINES: { "schema": line } } }));
    }
    let members: Vec<&Param> = endpoint.params.iter().filter(|param| param.place == Place::Body).collect();
    if members.is_empty() {
        return None;
    }
    let properties: Map<String, Value> = members
        .iter()
        .map(|param| {
            let mut of = schema(param.kind);
            if param.many {
                of = json!({ "type": "array", "items": of, "maxItems": param.values_max() });
            }
            of["description"] = json!(param.told);
            (param.name.to_owned(), of)
        })
        .collect();
    let required: Vec<&str> = members.iter().filter(|param| param.required).map(|param| param.name).collect();
    let schema = json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    Some(json!({
        "required": !required.is_empty(),
        "content": { "application/json": { "schema": schema } },
    }))
}

fn schema(kind: Kind) -> Value {
    match kind {
        Kind::Text(chars_max) => json!({ "type": "string", "minLength": 1, "maxLength": chars_max }),
        Kind::Integer(from, to) => json!({ "type": "integer", "minimum": from, "maximum": to }),
        Kind::Share => json!({ "type": "number", "minimum": 0, "maximum": 1 }),
        Kind::Boolean => json!({ "type": "boolean" }),
        Kind::Day => json!({ "type": "string", "format": "date" }),
        Kind::Date => json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$" }),
        Kind::Country => json!({ "type": "string", "pattern": "^[A-Z]{2}$" }),
        Kind::Grading => json!({ "type": "string", "pattern": "^[A-F][1-6]$" }),
        Kind::Words(words) => json!({ "type": "string", "enum": words() }),
        Kind::Id(prefix) => json!({ "type": "string", "pattern": format!("^{prefix}-[0-9a-f]{{40}}$") }),
    }
}

fn responses(endpoint: &Endpoint) -> Value {
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let headers = json!({
        "RateLimit-Policy": { "schema": { "type": "string" }, "description": "How many requests a minute" },
        "RateLimit": { "schema": { "type": "string" }, "description": "How many are left, and until when" },
    });
    let (status, content) = match endpoint.gives {
        Gives::One => ("200", json!({ "application/json": { "schema": of("Thing") } })),
        Gives::Made | Gives::Secret => ("201", json!({ "application/json": { "schema": of("Thing") } })),
        Gives::Page => ("200", json!({ "application/json": { "schema": of("Page") } })),
        Gives::Lines => (
            "200",
            json!({ LINES: { "schema": { "type": "string" } }, "text/csv": { "schema": { "type": "string" } } }),
        ),
        Gives::File(types) => {
            let any = |media: &&str| ((*media).to_owned(), json!({ "schema": {} }));
            ("200", Value::Object(types.iter().map(any).collect()))
        }
        Gives::Document => (
            "200",
            json!({ "application/json": { "schema": of("Thing") }, "text/csv": { "schema": { "type": "string" } } }),
        ),
    };
    json!({
        status: { "description": "Done", "headers": headers, "content": content },
        "default": {
            "description": "What is wrong, and what to do",
            "content": { "application/problem+json": { "schema": of("Problem") } },
        },
    })
}

/// The public check, which takes no token.
fn check() -> Value {
    let text = json!({
        "type": "object",
        "required": ["text"],
        "properties": {
            "text": { "type": "string", "description": "The offer" },
            "lang": { "type": "string", "description": "The language of the offer" },
            "answer_lang": { "type": "string", "description": "The language of the answer" },
            "country": { "type": "string", "description": "Where the reader is, for addresses of help" },
        },
    });
    json!({
        "post": {
            "operationId": "checkOffer",
            "tags": ["check"],
            "summary": "Check one offer: what it looks like, what to ask, where to get help; nothing is stored",
            "description": "Takes no token. The member `advice.situation` of the answer says what the text is: `offer`; \
                            `held`, a call of somebody who is held or of those close to them: `sentence`, \
                            `what_to_do` and `if_already_there` answer it, `before_travel` is empty; `too_short`, \
                            too little to judge.",
            "security": [],
            "requestBody": { "required": true, "content": { "application/json": { "schema": text } } },
            "responses": {
                "200": {
                    "description": "Done",
                    "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Thing" } } },
                },
                "default": {
                    "description": "What is wrong, and what to do",
                    "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
                },
            },
        },
    })
}
