//! Zip packages written byte by byte, so that they can lie: about sizes, names and places.

/// One entry as the directory lists it; what the header beside the part says may differ.
#[derive(Clone)]
pub struct Entry {
    pub name: String,
    pub local_name: String,
    pub content: Vec<u8>,
    /// What both headers call the inflated size; none for the truth.
    pub says: Option<u64>,
    /// Points to the header of an entry before it instead of one of its own.
    pub over: Option<usize>,
}

impl Entry {
    pub fn new(name: &str, content: &[u8]) -> Self {
        Self { name: name.into(), local_name: name.into(), content: content.into(), says: None, over: None }
    }
}

/// A package of stored entries.
pub fn package(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut places: Vec<u32> = Vec::new();
    let mut directory = Vec::new();
    for entry in entries {
        let size = entry.content.len() as u32;
        let says = entry.says.unwrap_or(u64::from(size));
        // A size past 32 bits stands in a zip64 field.
        let wide = says >= u64::from(u32::MAX);
        let extra = if wide { [&[1, 0, 8, 0][..], &says.to_le_bytes()].concat() } else { Vec::new() };
        let short = if wide { u32::MAX } else { says as u32 };
        let mut crc = !0u32;
        for byte in &entry.content {
            crc ^= u32::from(*byte);
            for _ in 0..8 {
                crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
            }
        }
        let fields = |name: &str| {
            let mut fields = vec![45, 0, 0, 0, 0, 0, 0, 0, 0, 0];
            fields.extend((!crc).to_le_bytes());
            fields.extend(size.to_le_bytes());
            fields.extend(short.to_le_bytes());
            fields.extend((name.len() as u16).to_le_bytes());
            fields.extend((extra.len() as u16).to_le_bytes());
            fields
        };
        let place = match entry.over {
            Some(other) => places[other],
            None => {
                let place = out.len() as u32;
                out.extend(b"PK\x03\x04");
                out.extend(fields(&entry.local_name));
                out.extend(entry.local_name.as_bytes());
                out.extend(&extra);
                out.extend(&entry.content);
                place
            }
        };
        places.push(place);
        directory.extend(b"PK\x01\x02\x2D\x00");
        directory.extend(fields(&entry.name));
        directory.extend([0; 10]);
        directory.extend(place.to_le_bytes());
        directory.extend(entry.name.as_bytes());
        directory.extend(&extra);
    }
    let start = out.len() as u32;
    out.extend(&directory);
    let count = entries.len().min(0xFFFE) as u16;
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend((directory.len() as u32).to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}
