//! A page's pictures in, one grey picture of the page out, for text recognition.

use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageData, ImageDrawProps,
    InterpreterCache, InterpreterSettings, SoftMask, TransformExt, interpret_page,
};

use crate::error::{Error, Result};
use crate::limits;

/// Points of a picture for each point (1/72 inch) of the page at least and at most: 100 and 300 to the inch.
const SCALE: (f64, f64) = (100.0 / 72.0, 300.0 / 72.0);

/// The pictures of a page, counted from 0, as a portable grey map (PGM); its resolution is the finest of its pictures.
///
/// # Errors
///
/// Input if the file or the page is not there, Limit if the picture would be too large.
pub(super) fn picture(bytes: Vec<u8>, number: usize) -> Result<Vec<u8>> {
    let pdf = Pdf::new(bytes).map_err(|_| super::glyphs::damaged())?;
    let page = pdf.pages().get(number).ok_or_else(super::glyphs::damaged)?;
    let (width, height) = page.render_dimensions();
    let area = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let draw = |scale: Option<f64>| -> Result<Canvas> {
        let cache = InterpreterCache::new();
        let start = page.initial_transform(true).to_kurbo();
        let mut context = Context::new(start, area, &cache, pdf.xref(), InterpreterSettings::default());
        let mut canvas = Canvas::new(area, scale)?;
        interpret_page(page, &mut context, &mut canvas);
        Ok(canvas)
    };
    let finest = draw(None)?.finest.clamp(SCALE.0, SCALE.1);
    let canvas = draw(Some(finest))?;
    let mut out = format!("P5\n{} {}\n255\n", canvas.width, canvas.height).into_bytes();
    out.extend_from_slice(&canvas.grey);
    Ok(out)
}

/// The page's picture so far; without pixels if only the resolution is looked for.
struct Canvas {
    width: usize,
    height: usize,
    scale: f64,
    grey: Vec<u8>,
    finest: f64,
}

impl Canvas {
    fn new(area: Rect, scale: Option<f64>) -> Result<Self> {
        let side = |length: f64| (length * scale.unwrap_or(0.0)).clamp(0.0, 1e6) as usize;
        let (width, height) = (side(area.width()), side(area.height()));
        let pixels = (width * height) as u64;
        if pixels > limits::PICTURE_PIXELS {
            return Err(Error::over("points in the picture of a page", pixels, limits::PICTURE_PIXELS));
        }
        Ok(Self { width, height, scale: scale.unwrap_or(0.0), grey: vec![255; width * height], finest: 0.0 })
    }

    /// Puts a picture of grey values into its place: each point of the page takes the nearest point of the picture.
    fn put(&mut self, from: Affine, width: usize, height: usize, grey: impl Fn(usize) -> u8) {
        let to = Affine::scale(self.scale) * from;
        if to.determinant().abs() < 1e-9 {
            return;
        }
        let back = to.inverse();
        let place = to.transform_rect_bbox(Rect::new(0.0, 0.0, width as f64, height as f64));
        let bound = |x: f64, most: usize| x.clamp(0.0, most as f64) as usize;
        for y in bound(place.y0.floor(), self.height)..bound(place.y1.ceil(), self.height) {
            for x in bound(place.x0.floor(), self.width)..bound(place.x1.ceil(), self.width) {
                let at = back * Point::new(x as f64 + 0.5, y as f64 + 0.5);
                if at.x >= 0.0 && at.y >= 0.0 && at.x < width as f64 && at.y < height as f64 {
                    let value = grey(at.y as usize * width + at.x as usize);
                    if let Some(point) = self.grey.get_mut(y * self.width + x) {
                        *point = value;
                    }
                }
            }
        }
    }
}

impl<'a> Device<'a> for Canvas {
    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let place = props.transform;
        let (width, height) = (image.width(), image.height());
        if u64::from(width) * u64::from(height) > limits::PICTURE_PIXELS {
            return;
        }
        if self.grey.is_empty() {
            // Points of the picture for each point of the page.
            let shrink = place.determinant().abs().sqrt();
            if shrink > 0.0 {
                self.finest = self.finest.max(1.0 / shrink);
            }
            return;
        }
        match image {
            Image::Stencil(stencil) => stencil.with_stencil(
                |mask, _| {
                    let place = place * scaled(mask.scale_factors);
                    self.put(place, mask.width as usize, mask.height as usize, |at| {
                        255 - mask.data.get(at).copied().unwrap_or(0)
                    });
                },
                None,
            ),
            Image::Raster(raster) => raster.with_rgba(
                |data, _| {
                    let place = place * scaled(data.scale_factors());
                    let (width, height) = (data.width() as usize, data.height() as usize);
                    match data {
                        ImageData::Luma(luma) => {
                            self.put(place, width, height, |at| luma.data.get(at).copied().unwrap_or(255));
                        }
                        ImageData::Rgb(rgb) => self.put(place, width, height, |at| {
                            let value =
                                |n: usize| u32::from(rgb.data.get(3 * at + n).copied().unwrap_or(255));
                            ((value(0) * 3 + value(1) * 6 + value(2)) / 10) as u8
                        }),
                    }
                },
                None,
            ),
        }
    }

    fn draw_glyph_run(&mut self, _: &GlyphRun<'_, 'a>, _: DrawProps<'a>, _: &DrawMode) {}
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}

fn scaled((x, y): (f32, f32)) -> Affine {
    Affine::scale_non_uniform(f64::from(x), f64::from(y))
}
