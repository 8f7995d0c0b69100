//! The QR code (ISO/IEC 18004) by which a reader checks a printed notice.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

use crate::RenderError;

/// The light border that the standard asks for, in modules.
const QUIET_ZONE: usize = 4;

/// The code as SVG, one unit per module, black on white. Level M: 15 % of it may be soiled.
pub(super) fn svg(text: &str) -> Result<String, RenderError> {
    let too_long = |_| RenderError::Qr { bytes: text.len() };
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(too_long)?;
    let side = code.width() + 2 * QUIET_ZONE;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a string cannot fail.
                let _ =
                    write!(path, "M{} {}h{}v1h-{}z", x + QUIET_ZONE, y + QUIET_ZONE, run.len(), run.len());
            }
            x += run.len();
        }
    }
    let size = format!(r#"viewBox="0 0 {side} {side}" width="{side}" height="{side}""#);
    let paper = format!(r##"<rect width="{side}" height="{side}" fill="#fff"/>"##);
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" {size}>{paper}<path d="{path}" fill="#000"/></svg>"##
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_finder_patterns_and_border() {
        let drawn = svg("https://forewarn.example/verify/FW-2023-OR-0001").unwrap();
        // Version 4 has 33 modules: the top row of the first finder pattern is seven of them.
        assert!(drawn.contains("viewBox=\"0 0 41 41\"") && drawn.contains("M4 4h7v1h-7z"), "{drawn}");
    }

    #[test]
    fn refuses_what_does_not_fit() {
        assert!(svg(&"x".repeat(2_331)).is_ok());
        assert_eq!(svg(&"x".repeat(2_332)), Err(RenderError::Qr { bytes: 2_332 }));
    }
}
