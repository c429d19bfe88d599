//! Evidence sheets and what else leaves the archive as a file.

use axum::Json;
use axum::extract::{Path, Query};
use axum::response::Response;
use http::{HeaderValue, StatusCode};
use model::{AuditQuery, DeliveryId, ExportFormat, Language, MessageExport, MessageId};
use serde::Deserialize;

use super::answer::Refused;
use super::downloads::{framed, leaving, saved, saved_whole};
use super::session::SignedIn;
use crate::{evidence, log_words};

/// In which language a sheet is written.
#[derive(Deserialize)]
pub struct Reader {
    #[serde(default)]
    language: String,
    look: Option<Look>,
}

/// Whether a sheet is saved or laid out to be printed.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Look {
    Print,
}

/// A sheet in a frame of ours may be printed, and nothing else.
const PRINTED: HeaderValue = HeaderValue::from_static(
    "sandbox allow-same-origin allow-modals; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; \
     frame-ancestors 'self'",
);

/// Hands out the sheet about a delivery as `evidence.pdf`, `evidence.html` or `evidence.json`.
pub async fn sheet(
    SignedIn(ctx): SignedIn,
    Path((message, delivery, file)): Path<(i64, i64, String)>,
    Query(reader): Query<Reader>,
) -> Result<Response, Refused> {
    let ending = file.strip_prefix("evidence.").filter(|it| ["pdf", "html", "json"].contains(it));
    let Some(ending) = ending else { return Err(Refused::not_understood(StatusCode::NOT_FOUND)) };
    let sheet = engine::evidence::sheet(&ctx, MessageId(message), DeliveryId(delivery)).await?;
    let document = || evidence::document(&sheet, Language::from_code(&reader.language).unwrap_or_default());
    let (media_type, content) = match ending {
        "pdf" => ("application/pdf", documents::pdf(&document()).map_err(engine::Error::from)?),
        "html" if reader.look == Some(Look::Print) => return Ok(framed(documents::html(&document()), PRINTED)),
        "html" => ("text/html; charset=utf-8", documents::html(&document()).into_bytes()),
        _ => ("application/json", sheet.to_json().into_bytes()),
    };
    Ok(saved(&format!("evidence-{message}-{delivery}.{ending}"), media_type, content))
}

/// Hands out one message as a mail (RFC 5322).
pub async fn mail(SignedIn(ctx): SignedIn, Path(message): Path<i64>) -> Result<Response, Refused> {
    let mail = engine::messages::export::mail(&ctx, MessageId(message)).await?;
    Ok(saved_whole(&format!("{message}.eml"), "message/rfc822", mail.size(), mail))
}

/// Hands out the chosen messages, made while they leave. Asked by POST, because those ticked may be many.
pub async fn messages(SignedIn(ctx): SignedIn, Json(order): Json<MessageExport>) -> Result<Response, Refused> {
    let format = order.format;
    let export = engine::messages::export::messages(&ctx, order).await?;
    Ok(leaving(format.file_name(), format.media_type(), export))
}

/// Hands out the action log as CSV, made while it leaves.
pub async fn log(
    SignedIn(ctx): SignedIn,
    Query(reader): Query<Reader>,
    Json(query): Json<AuditQuery>,
) -> Result<Response, Refused> {
    let telling = log_words::telling(Language::from_code(&reader.language).unwrap_or_default());
    let export = engine::audit::export(&ctx, query, telling).await?;
    Ok(leaving("log.csv", ExportFormat::Csv.media_type(), export))
}
