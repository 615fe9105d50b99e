//! Every cut, every split and every kind of damage, for each format.

use std::io::Write;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

const PACKED: [Codec; 4] = [Codec::Gzip, Codec::Zstd, Codec::Xz, Codec::Bzip2];

/// One member.
fn pack(codec: Codec, text: &[u8]) -> Vec<u8> {
    let packed = match codec {
        Codec::Plain => Ok(text.to_vec()),
        Codec::Gzip => {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
            encoder.write_all(text).and_then(|()| encoder.finish())
        }
        Codec::Zstd => {
            let mut encoder = zstd::Encoder::new(Vec::new(), 3).expect("encoder");
            encoder.include_checksum(true).expect("checksum");
            encoder.write_all(text).and_then(|()| encoder.finish())
        }
        Codec::Xz => {
            let mut encoder = liblzma::write::XzEncoder::new(Vec::new(), 1);
            encoder.write_all(text).and_then(|()| encoder.finish())
        }
        Codec::Bzip2 => {
            let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::new(1));
            encoder.write_all(text).and_then(|()| encoder.finish())
        }
    };
    packed.expect("writing to memory")
}

/// Gives at most so many bytes a read.
struct Dripping {
    bytes: io::Cursor<Vec<u8>>,
    most: usize,
}

impl Read for Dripping {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.most);
        self.bytes.read(&mut buffer[..length])
    }
}

fn decompressor(codec: Codec, packed: &[u8], most: usize) -> Decompressor {
    Decompressor::new(codec, Box::new(Dripping { bytes: io::Cursor::new(packed.to_vec()), most }))
        .expect("decoder")
}

/// Any reader on a thread of its own.
fn background(reader: impl Read + Send + 'static) -> Background {
    let plain = Decompressor::new(Codec::Plain, Box::new(reader)).expect("no decoder");
    Background::new(plain).expect("thread")
}

/// What comes out, and the error that ends it.
fn drain(mut reader: impl Read, buffer_bytes: usize) -> (Vec<u8>, Option<io::Error>) {
    let (mut text, mut buffer) = (Vec::new(), vec![0; buffer_bytes]);
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => {
                assert_eq!(reader.read(&mut buffer).expect("the end stays the end"), 0);
                return (text, None);
            }
            Ok(length) => text.extend_from_slice(&buffer[..length]),
            Err(error) => {
                let again = reader.read(&mut buffer).expect_err("an error stays an error");
                assert_eq!((again.kind(), again.to_string()), (error.kind(), error.to_string()));
                return (text, Some(error));
            }
        }
    }
}

fn unpack(codec: Codec, packed: &[u8]) -> (Vec<u8>, Option<io::Error>) {
    drain(decompressor(codec, packed, usize::MAX), 8192)
}

/// Text that compresses, but not to nothing.
fn prose(bytes: usize) -> Vec<u8> {
    let mut state = 7_u32;
    let mut text = Vec::new();
    while text.len() < bytes {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let word = ["river", "gold", "سنگ", "washes", "the", "gravel\n", "down"][(state >> 24) as usize % 7];
        text.extend_from_slice(word.as_bytes());
        text.push(b' ');
        text.push(b'a' + (state >> 16) as u8 % 26);
    }
    text.truncate(bytes);
    text
}

#[test]
fn magic_bytes_decide_and_plain_text_never_waits() {
    for codec in PACKED {
        for text in [&b""[..], b"text"] {
            let packed = pack(codec, text);
            assert_eq!(Codec::sniff(&packed, true), Some(codec), "{codec:?}");
            for length in 0..packed.len() {
                let found = Codec::sniff(&packed[..length], false);
                assert!(found.is_none() || found == Some(codec), "{codec:?} {length}: {found:?}");
            }
        }
    }
    let plain: [&[u8]; 8] =
        [b"H", b"BZh9 is text", b"BZh0", b"P\n", b"\x1F\x8B\x07", b"\xFD8", b"(\n", b"BZh91AY&SX"];
    for text in plain {
        assert_eq!(Codec::sniff(text, false), Some(Codec::Plain), "{text:?}");
    }
    assert_eq!(Codec::sniff(b"", false), None);
    assert_eq!(Codec::sniff(b"", true), Some(Codec::Plain));
    assert_eq!(Codec::sniff(b"BZh9", false), None);
    assert_eq!(Codec::sniff(b"BZh9", true), Some(Codec::Plain));
    assert_eq!(Codec::sniff(b"\x5F\x2A\x4D\x18", false), Some(Codec::Zstd));
}

#[test]
fn members_follow_each_other() {
    for codec in PACKED {
        let mut packed = Vec::new();
        let mut wanted = Vec::new();
        for text in [&b"one\n"[..], b"", &prose(70_000), b"last"] {
            packed.extend(pack(codec, text));
            wanted.extend_from_slice(text);
        }
        for most in [1, 7, usize::MAX] {
            for buffer_bytes in [1, 1000, 1 << 20] {
                let (text, error) = drain(decompressor(codec, &packed, most), buffer_bytes);
                assert!(error.is_none(), "{codec:?}: {error:?}");
                assert_eq!(text, wanted, "{codec:?}");
            }
        }
    }
}

#[test]
fn every_truncation_is_an_error_after_all_that_can_be_read() {
    for codec in PACKED {
        let first = pack(codec, b"the first member\n");
        let text = [&b"the first member\n"[..], &prose(3000)].concat();
        let packed = [first.clone(), pack(codec, &text[17..])].concat();
        for cut in 0..packed.len() {
            for most in [1, usize::MAX] {
                let (got, error) = drain(decompressor(codec, &packed[..cut], most), 4096);
                assert!(text.starts_with(&got), "{codec:?} cut at {cut}");
                assert!(cut < first.len() || got.len() >= 17, "{codec:?} cut at {cut}: first member lost");
                if cut == first.len() {
                    assert!(error.is_none(), "{codec:?} at the boundary: {error:?}");
                } else {
                    let error = error.unwrap_or_else(|| panic!("{codec:?} cut at {cut} went unseen"));
                    assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof, "{codec:?} cut at {cut}: {error}");
                    assert_eq!(error.to_string(), format!("truncated {} stream", codec.name()));
                }
            }
        }
    }
}

#[test]
fn every_damaged_byte_is_harmless_and_garbage_is_an_error() {
    for codec in PACKED {
        let text = prose(2000);
        let packed = pack(codec, &text);
        for at in 0..packed.len() {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x55;
            let (got, error) = unpack(codec, &damaged);
            // gzip's header holds a time and a system that no check covers.
            assert!(error.is_some() || got == text, "{codec:?}: damage at {at} went unseen");
        }
        for garbage in
            [&b"garbage"[..], b"BZh9 text, not bzip2", b"\x28\xB5\x2F\xFE", b"\0\0\0\0x", b"\x1F\x8B\x09"]
        {
            let (got, error) = unpack(codec, &[&packed, garbage].concat());
            assert_eq!(got, text, "{codec:?}");
            let error = error.expect("garbage is seen");
            assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{codec:?} {garbage:?}: {error}");
            assert_eq!(error.to_string(), format!("corrupt {} stream: trailing garbage", codec.name()));
        }
    }
}

#[test]
fn zstd_gives_the_good_blocks_before_a_bad_one() {
    let text = prose(1 << 20);
    let mut packed = pack(Codec::Zstd, &text);
    let middle = packed.len() - 100;
    packed[middle..].fill(0xFF);
    let (got, error) = drain(decompressor(Codec::Zstd, &packed, usize::MAX), 4 << 20);
    assert!(text.starts_with(&got) && got.len() >= text.len() - (128 << 10), "{}", got.len());
    assert_eq!(error.map(|error| error.kind()), Some(io::ErrorKind::InvalidData));
}

#[test]
fn a_bad_zstd_block_costs_nothing_of_the_one_before_however_it_is_read() {
    // A frame with a window of 128 KiB: one block that repeats Z 82,120 times, then one of the reserved type.
    let packed = b"\x28\xB5\x2F\xFD\x00\x38\x42\x06\x0AZ\x06\x00\x00";
    for buffer_bytes in [7, 6209, 8192, 82_120, 1 << 20] {
        let (got, error) = drain(decompressor(Codec::Zstd, packed, usize::MAX), buffer_bytes);
        assert!(got == [b'Z'; 82_120], "{} bytes in pieces of {buffer_bytes}", got.len());
        assert_eq!(error.map(|error| error.kind()), Some(io::ErrorKind::InvalidData));
    }
}

#[test]
fn what_is_wrong_with_a_gzip_stream_does_not_depend_on_how_it_is_read() {
    // A header, then deflate data with a distance that reaches before the start.
    let packed = b"\x1F\x8B\x08\0\0\0\0\0\0\x03\xA2\xD4\x54\x64\x1F\x8B\x08\0\0\x3A\0\0\x1E\0\0\0";
    for most in [1, 5, usize::MAX] {
        let (_, error) = drain(decompressor(Codec::Gzip, packed, most), 1 << 18);
        let said = error.map(|error| error.to_string());
        assert_eq!(said.as_deref(), Some("corrupt gzip stream: invalid data"), "{most} bytes at a time");
    }
}

#[test]
fn padding_is_accepted_where_the_format_has_it() {
    for (codec, zeros, kind) in [
        (Codec::Gzip, 1, None),
        (Codec::Gzip, 70_001, None),
        (Codec::Xz, 4, None),
        (Codec::Xz, 80_000, None),
        (Codec::Xz, 3, Some(io::ErrorKind::UnexpectedEof)),
        (Codec::Zstd, 4, Some(io::ErrorKind::InvalidData)),
        (Codec::Bzip2, 4, Some(io::ErrorKind::InvalidData)),
    ] {
        let padded = [pack(codec, b"text"), vec![0; zeros]].concat();
        let (text, error) = unpack(codec, &padded);
        assert_eq!(
            (text.as_slice(), error.map(|error| error.kind())),
            (&b"text"[..], kind),
            "{codec:?} {zeros}"
        );
        if kind.is_none() {
            let (text, error) = unpack(codec, &[padded, pack(codec, b" and more")].concat());
            assert!(error.is_none(), "{codec:?} {zeros}: {error:?}");
            assert_eq!(text, b"text and more");
        }
    }
    let between = [pack(Codec::Xz, b"text"), vec![0; 5], pack(Codec::Xz, b"more")].concat();
    let (text, error) = unpack(Codec::Xz, &between);
    assert_eq!(
        (text.as_slice(), error.map(|error| error.kind())),
        (&b"text"[..], Some(io::ErrorKind::InvalidData))
    );
}

#[test]
fn zstd_skippable_frames_and_long_windows() {
    let skippable = [&[0x52, 0x2A, 0x4D, 0x18, 5, 0, 0, 0][..], b"notes"].concat();
    let packed = [skippable.clone(), pack(Codec::Zstd, b"text"), skippable.clone()].concat();
    for most in [1, usize::MAX] {
        let (text, error) = drain(decompressor(Codec::Zstd, &packed, most), 100);
        assert!(error.is_none(), "{error:?}");
        assert_eq!(text, b"text");
    }
    let (text, error) = unpack(Codec::Zstd, &skippable);
    assert!(text.is_empty() && error.is_none());
    let (_, error) = unpack(Codec::Zstd, &packed[..packed.len() - 1]);
    assert_eq!(error.map(|error| error.kind()), Some(io::ErrorKind::UnexpectedEof));

    // Past 2^27, zstd's own default refuses.
    let mut encoder = zstd::Encoder::new(Vec::new(), 1).expect("encoder");
    encoder.window_log(28).expect("window");
    encoder.write_all(b"far").expect("written");
    let (text, error) = unpack(Codec::Zstd, &encoder.finish().expect("finished"));
    assert!(error.is_none(), "{error:?}");
    assert_eq!(text, b"far");
}

#[test]
fn consumed_counts_the_compressed_bytes() {
    for codec in [Codec::Plain, Codec::Gzip, Codec::Zstd, Codec::Xz, Codec::Bzip2] {
        let packed = pack(codec, &prose(10_000));
        let mut reader = decompressor(codec, &[packed.as_slice(), b"?"].concat(), usize::MAX);
        assert_eq!(reader.consumed(), 0);
        let plain = codec == Codec::Plain;
        let ended = io::copy(&mut reader, &mut io::sink());
        assert_eq!(ended.is_ok(), plain);
        assert_eq!(reader.consumed(), packed.len() as u64 + u64::from(plain), "{codec:?}");
    }
}

/// Reads what is sent through a channel; an empty piece is an error.
struct Channel(mpsc::Receiver<Vec<u8>>);

impl Read for Channel {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Ok(piece) = self.0.recv() else { return Ok(0) };
        if piece.is_empty() {
            return Err(io::Error::from_raw_os_error(5));
        }
        buffer[..piece.len()].copy_from_slice(&piece);
        Ok(piece.len())
    }
}

#[test]
fn what_was_flushed_comes_at_once() {
    for codec in [Codec::Gzip, Codec::Zstd] {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
        let mut zstd = zstd::Encoder::new(Vec::new(), 3).expect("encoder");
        let mut flushed = |line: &[u8]| -> Vec<u8> {
            if codec == Codec::Gzip {
                gzip.write_all(line).and_then(|()| gzip.flush()).expect("flushed");
                std::mem::take(gzip.get_mut())
            } else {
                zstd.write_all(line).and_then(|()| zstd.flush()).expect("flushed");
                std::mem::take(zstd.get_mut())
            }
        };
        let (sender, receiver) = mpsc::channel();
        let mut reader = Decompressor::new(codec, Box::new(Channel(receiver))).expect("decoder");
        for line in [&b"first line\n"[..], b"second\n", b"third\n"] {
            sender.send(flushed(line)).expect("open");
            let mut got = Vec::new();
            while got.len() < line.len() {
                // A read that waited for more than was flushed would hang here.
                let mut buffer = [0; 4096];
                let length = reader.read(&mut buffer).expect("readable");
                got.extend_from_slice(&buffer[..length]);
            }
            assert_eq!(got, line);
        }
        // An error of the input is passed on as it is, and is not the end.
        sender.send(Vec::new()).expect("open");
        let error = reader.read(&mut [0; 10]).expect_err("passed on");
        assert_eq!(error.raw_os_error(), Some(5));
        sender.send(flushed(b"more")).expect("open");
        assert_eq!(reader.read(&mut [0; 10]).expect("goes on"), 4);
    }
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let start = Instant::now();
    while !done() {
        assert!(start.elapsed() < Duration::from_secs(20), "never: {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn background_reads_the_same_and_says_when_it_is_ready() {
    let text = prose(3 << 20);
    let packed = pack(Codec::Gzip, &text);
    for (cut, kind) in [(0, None), (1, Some(io::ErrorKind::UnexpectedEof))] {
        let taken = packed.len() - cut;
        let mut reader = Background::new(decompressor(Codec::Gzip, &packed[..taken], 5000)).expect("thread");
        let (got, error) = drain(&mut reader, 100_000);
        assert_eq!((got == text, error.map(|error| error.kind())), (true, kind));
        assert_eq!(reader.consumed(), taken as u64);
    }

    let (sender, receiver) = mpsc::channel();
    let mut reader = background(Channel(receiver));
    assert!(!reader.ready());
    sender.send(b"ab".to_vec()).expect("open");
    wait_until("ready for data", || reader.ready());
    assert_eq!(reader.read(&mut [0; 1]).expect("a"), 1);
    assert!(reader.ready());
    assert_eq!(reader.read(&mut [0; 9]).expect("b"), 1);
    assert!(!reader.ready());
    drop(sender);
    wait_until("ready for the end", || reader.ready());
    assert_eq!(reader.read(&mut [0; 9]).expect("end"), 0);
}

/// Endless; counts down when it is dropped, which is when its thread ends.
struct Endless(mpsc::Sender<()>);

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        buffer.fill(b'x');
        Ok(buffer.len())
    }
}

impl Drop for Endless {
    fn drop(&mut self) {
        let _ = self.0.send(());
    }
}

#[test]
fn background_stops_when_dropped() {
    for reads in [0, 1, 9] {
        let (sender, receiver) = mpsc::channel();
        let mut reader = background(Endless(sender));
        for _ in 0..reads {
            reader.read_exact(&mut [0; 100_000]).expect("endless");
        }
        wait_until("blocks queued", || reader.ready());
        drop(reader);
        receiver.recv_timeout(Duration::from_secs(20)).expect("the thread ends");
    }
    // Blocked in a read: dropping does not wait for it.
    let (sender, receiver) = mpsc::channel::<Vec<u8>>();
    drop(background(Channel(receiver)));
    drop(sender);
}

#[test]
fn a_panicking_reader_is_an_error() {
    struct Panicking;
    impl Read for Panicking {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            std::panic::resume_unwind(Box::new("quietly"));
        }
    }
    let (got, error) = drain(background(Panicking), 10);
    assert!(got.is_empty());
    assert_eq!(error.map(|error| error.to_string()), Some("the reading thread panicked".to_owned()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_cut_anyhow_come_back(
        members in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..2000), 1..4),
        most in 1_usize..500,
        buffer_bytes in 1_usize..5000,
    ) {
        for codec in PACKED {
            let packed: Vec<u8> = members.iter().flat_map(|text| pack(codec, text)).collect();
            let (text, error) = drain(decompressor(codec, &packed, most), buffer_bytes);
            prop_assert!(error.is_none(), "{:?}", error);
            prop_assert_eq!(text, members.concat());
        }
    }

    #[test]
    fn any_garbage_behind_a_magic_number_ends(garbage in prop::collection::vec(any::<u8>(), 0..300)) {
        for codec in PACKED {
            let magic = &pack(codec, b"some text")[..10];
            for start in [&b""[..], magic] {
                let (_, error) = unpack(codec, &[start, &garbage].concat());
                prop_assert!(error.is_some());
            }
        }
    }

    #[test]
    fn sniffing_never_changes_its_mind(prefix in prop::collection::vec(any::<u8>(), 0..20), cut in 0_usize..20) {
        let early = Codec::sniff(&prefix[..cut.min(prefix.len())], false);
        if early.is_some() {
            prop_assert_eq!(early, Codec::sniff(&prefix, true));
        }
        prop_assert!(prefix.len() < 10 || Codec::sniff(&prefix, false).is_some());
    }
}
