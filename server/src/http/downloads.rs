//! Files and foreign HTML on their way to the browser, neither of which may act in our name there.

use std::fmt::Write as _;

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Response};
use engine::Pieces;
use http::StatusCode;
use http::header::{self, HeaderName, HeaderValue};
use model::{
    AttachmentId, CampaignExportOrder, CapturedId, ChosenCampaigns, ContactId, ExportFormat, ExportOrder, MessageId,
    SuppressionFilter,
};
use serde::Deserialize;

use super::answer::Refused;
use super::session::SignedIn;

/// For the frame that shows a mail: nothing runs, nothing is loaded, and the page inside belongs to no origin.
pub(super) const SEALED: HeaderValue = HeaderValue::from_static(
    "sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'",
);

/// The same, when the reader asked for the pictures on other machines.
const WITH_PICTURES: HeaderValue = HeaderValue::from_static(
    "sandbox; default-src 'none'; img-src data: https: http:; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'self'",
);

/// For the frame that a page of ours writes a mail into while it is being written: the page may reach in, but nothing in it runs.
const WRITABLE: HeaderValue = HeaderValue::from_static(
    "sandbox allow-same-origin; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src data:; \
     frame-ancestors 'self'",
);

/// The same, when the person asked for the pictures on other machines.
const WRITABLE_WITH_PICTURES: HeaderValue = HeaderValue::from_static(
    "sandbox allow-same-origin; default-src 'none'; img-src 'self' data: https: http:; style-src 'unsafe-inline'; font-src data:; \
     frame-ancestors 'self'",
);

/// An empty sheet for the preview of a mail. The policy of our own pages lets no style of a mail through, so it needs one of its own.
pub async fn preview(Query(look): Query<Look>) -> Response {
    let policy = if look.pictures == Some(Pictures::Show) { WRITABLE_WITH_PICTURES } else { WRITABLE };
    framed("<!DOCTYPE html>\n<html><head></head><body></body></html>\n".to_owned(), policy)
}

/// Shows the HTML of a message as it left.
pub async fn message_html(SignedIn(ctx): SignedIn, Path(message): Path<i64>) -> Result<Response, Refused> {
    Ok(framed(engine::history::html(&ctx, MessageId(message)).await?, SEALED))
}

/// What the address says about a captured mail.
#[derive(Deserialize)]
pub struct Look {
    pictures: Option<Pictures>,
}

/// Whether pictures on other machines are shown.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Pictures {
    Show,
}

/// Shows the HTML of a captured mail.
pub async fn captured_html(
    SignedIn(ctx): SignedIn,
    Path(mail): Path<i64>,
    Query(look): Query<Look>,
) -> Result<Response, Refused> {
    let with_pictures = look.pictures == Some(Pictures::Show);
    let html = engine::capture::html(&ctx, CapturedId(mail), with_pictures).await?;
    Ok(framed(html, if with_pictures { WITH_PICTURES } else { SEALED }))
}

/// Shows a picture that stands in a text which is being written.
pub async fn picture(SignedIn(ctx): SignedIn, Path(file): Path<i64>) -> Result<Response, Refused> {
    let (media_type, content) = engine::pictures::open(&ctx, AttachmentId(file)).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_LENGTH, HeaderValue::from(content.size())),
        (header::CONTENT_SECURITY_POLICY, SEALED),
        // Under its id the content can never be another one.
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=86400, immutable")),
    ];
    Ok((headers, flowing(content)).into_response())
}

/// Hands out a file of a message.
pub async fn attachment(SignedIn(ctx): SignedIn, Path((message, file)): Path<(i64, i64)>) -> Result<Response, Refused> {
    let (about, content) = engine::attachments::open(&ctx, MessageId(message), AttachmentId(file)).await?;
    Ok(saved_whole(&about.name, &about.media_type, content.size(), content))
}

/// Hands out a file of a captured mail.
pub async fn captured_part(SignedIn(ctx): SignedIn, Path((mail, index)): Path<(i64, u32)>) -> Result<Response, Refused> {
    let (about, content) = engine::capture::part(&ctx, CapturedId(mail), index).await?;
    Ok(saved(&about.name, &about.media_type, content))
}

/// What the address of an export says.
#[derive(Deserialize)]
pub struct Wanted {
    /// A [`SuppressionFilter`] as JSON.
    filter: String,
}

/// Hands out the suppressions that a filter lets through, made while they leave.
pub async fn suppressions(SignedIn(ctx): SignedIn, Query(wanted): Query<Wanted>) -> Result<Response, Refused> {
    let filter: SuppressionFilter =
        serde_json::from_str(&wanted.filter).map_err(|_| Refused::not_understood(StatusCode::BAD_REQUEST))?;
    let export = engine::suppressions::export(&ctx, filter).await?;
    Ok(leaving("suppressions.csv", ExportFormat::Csv.media_type(), export))
}

/// Hands out the chosen contacts, made while they leave. Asked by POST, because those ticked may be many.
pub async fn contacts(SignedIn(ctx): SignedIn, Json(order): Json<ExportOrder>) -> Result<Response, Refused> {
    let format = order.format;
    let export = engine::exports::contacts(&ctx, order).await?;
    Ok(leaving(&format!("contacts.{}", format.ending()), format.media_type(), export))
}

/// Hands out the result of a campaign, made while it leaves. Asked by POST, because the words of the file come along.
pub async fn campaign(SignedIn(ctx): SignedIn, Json(order): Json<CampaignExportOrder>) -> Result<Response, Refused> {
    let format = order.format;
    let export = engine::campaigns::export(&ctx, order).await?;
    Ok(leaving(&format!("campaign.{}", format.ending()), format.media_type(), export))
}

/// Hands out campaigns as XML, made while they leave.
pub async fn campaigns(SignedIn(ctx): SignedIn, Json(chosen): Json<ChosenCampaigns>) -> Result<Response, Refused> {
    let export = engine::campaigns::take_out(&ctx, chosen).await?;
    Ok(leaving("campaigns.xml", ExportFormat::Xml.media_type(), export))
}

/// Hands out everything about one person as a ZIP, made while it leaves.
pub async fn person(SignedIn(ctx): SignedIn, Path(contact): Path<i64>) -> Result<Response, Refused> {
    let export = engine::persons::export(&ctx, ContactId(contact)).await?;
    Ok(leaving("person.zip", "application/zip", export))
}

/// A page that stands in a frame of ours, under its own rules.
pub(super) fn framed(html: String, policy: HeaderValue) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, policy),
        // A mail has no business with what lies around its frame.
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    (headers, html).into_response()
}

/// A file is always saved, never shown: whatever it is, it does not become a page of ours.
pub(super) fn saved(name: &str, media_type: &str, content: impl Into<Body>) -> Response {
    let plain = HeaderValue::from_static("application/octet-stream");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_str(media_type).ok().filter(|it| !it.is_empty()).unwrap_or(plain)),
        (header::CONTENT_DISPOSITION, disposition(name)),
        (header::CONTENT_SECURITY_POLICY, SEALED),
    ];
    (headers, content.into()).into_response()
}

/// A file that is saved, made while it leaves.
pub(super) fn leaving(name: &str, media_type: &str, export: impl Pieces) -> Response {
    saved(name, media_type, flowing(export))
}

/// A file that is saved, of so many bytes.
pub(super) fn saved_whole(name: &str, media_type: &str, size: u64, file: impl Pieces) -> Response {
    let mut answer = leaving(name, media_type, file);
    answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    answer
}

/// A body that is fetched piece by piece. What fails behind its beginning ends the connection, so that nobody takes a part for the whole.
pub(super) fn flowing(file: impl Pieces) -> Body {
    Body::from_stream(futures::stream::try_unfold(file, |mut file| async {
        let piece = file.next().await.inspect_err(|error| tracing::error!(%error, "a file could not be handed out whole"))?;
        Ok::<_, engine::Error>(piece.map(|piece| (piece, file)))
    }))
}

/// Names the file twice (RFC 6266 §5): in ASCII for old programs, and as it is (RFC 8187).
fn disposition(name: &str) -> HeaderValue {
    let name: String = name.chars().map(|it| if it.is_control() || matches!(it, '/' | '\\') { '_' } else { it }).collect();
    let plain: String = name.chars().map(|it| if it.is_ascii() && !matches!(it, '"' | '%') { it } else { '_' }).collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String never fails.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    let value = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}");
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_travels_whole_and_breaks_out_of_nothing() {
        let header = |name| disposition(name).to_str().unwrap().to_owned();
        assert_eq!(
            header("Faktúra č. 7.pdf"),
            "attachment; filename=\"Fakt_ra _. 7.pdf\"; filename*=UTF-8''Fakt%C3%BAra%20%C4%8D.%207.pdf"
        );
        assert_eq!(header("../a\r\n\"b.html"), "attachment; filename=\".._a___b.html\"; filename*=UTF-8''.._a__%22b.html");
    }
}
