// Cuts each line of a file with ICU's BreakIterator, as a program that uses its C++ interface would: the rival.
//
// usage: icu-break [--count] [--lines] [--utf8] word|sentence|grapheme FILE
//        icu-break dictionary     (of standard input, the characters of scripts that ICU cuts with a dictionary)
//        icu-break --version
//
// Words and graphemes are written with a space between them, or one to a line; sentences without the white space at
// their end, one to a line; --count writes their number alone. Words that are all white space are left out. A line is
// turned into UTF-16, which the iterator reads faster, and the pieces are written from the UTF-8 that came in, at places
// that are counted along; with --utf8 it is a UText of UTF-8 instead, without a copy.

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>
#include <unicode/uvernum.h>

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <string>
#include <unistd.h>

namespace {

// Small enough to stay in the cache of a core, large enough that system calls cost nothing.
constexpr size_t CHUNK_BYTES = 1 << 16;

struct Line {
    const char *bytes;
    int32_t length;
};

bool write_all(const std::string &bytes)
{
    for (size_t done = 0; done < bytes.size();) {
        const ssize_t written = write(STDOUT_FILENO, bytes.data() + done, bytes.size() - done);
        if (written < 0)
            return false;
        done += written;
    }
    return true;
}

// Gives each line, without its LF, to `work(line, output)`; then the LF goes out if `feeds` says so.
template <class Work> int each_line(int file, bool feeds, Work work)
{
    std::string input(CHUNK_BYTES, '\0'), output;
    output.reserve(4 * CHUNK_BYTES);
    size_t kept = 0;
    for (ssize_t count; (count = read(file, &input[kept], input.size() - kept)) != 0;) {
        if (count < 0)
            return 2;
        const char *line = input.data(), *const end = line + kept + count;
        while (const void *found = memchr(line, '\n', end - line)) {
            const char *const feed = static_cast<const char *>(found);
            work(Line{line, static_cast<int32_t>(feed - line)}, output);
            if (feeds)
                output.push_back('\n');
            line = feed + 1;
        }
        kept = end - line;
        memmove(&input[0], line, kept);
        if (kept == input.size())
            input.resize(2 * kept);
        if (output.size() >= CHUNK_BYTES) {
            if (!write_all(output))
                return 2;
            output.clear();
        }
    }
    if (kept)
        work(Line{input.data(), static_cast<int32_t>(kept)}, output);
    return write_all(output) ? 0 : 2;
}

bool is_blank(const char *bytes, int32_t from, int32_t to)
{
    while (from < to) {
        UChar32 point;
        U8_NEXT(bytes, from, to, point);
        if (point < 0 || !u_isUWhiteSpace(point))
            return false;
    }
    return true;
}

int32_t without_blank_end(const char *bytes, int32_t from, int32_t to)
{
    for (int32_t at = to; at > from; to = at) {
        UChar32 point;
        U8_PREV(bytes, from, at, point);
        if (point < 0 || !u_isUWhiteSpace(point))
            break;
    }
    return to;
}

// A line as the iterator reads it; answers `bytes_to(boundary)`, the place in UTF-8 of a boundary.
class Reader {
public:
    Reader(icu::BreakIterator &breaks, bool utf8) : breaks(breaks), utf8(utf8) {}

    void open(Line line)
    {
        UErrorCode status = U_ZERO_ERROR;
        bytes = line.bytes;
        length = line.length;
        byte = unit = 0;
        if (utf8) {
            text = utext_openUTF8(text, line.bytes, line.length, &status);
            breaks.setText(text, status);
            return;
        }
        wide = icu::UnicodeString::fromUTF8(icu::StringPiece(line.bytes, line.length));
        breaks.setText(wide);
    }

    // Boundaries come in ascending order, so one walk along the line finds all of them.
    int32_t bytes_to(int32_t boundary)
    {
        if (utf8)
            return boundary;
        while (unit < boundary) {
            if (static_cast<unsigned char>(bytes[byte]) < 0x80) {
                byte++, unit++;
                continue;
            }
            UChar32 point;
            U8_NEXT_OR_FFFD(bytes, byte, length, point);
            unit += U16_LENGTH(point);
        }
        return byte;
    }

private:
    icu::BreakIterator &breaks;
    const bool utf8;
    UText *text = nullptr;
    icu::UnicodeString wide;
    const char *bytes = nullptr;
    int32_t length = 0, byte = 0, unit = 0;
};

void append_of_dictionary(Line line, std::string &output)
{
    for (int32_t at = 0, begin = 0; at < line.length; begin = at) {
        UChar32 point;
        U8_NEXT(line.bytes, at, line.length, point);
        if (point < 0)
            continue;
        UErrorCode status = U_ZERO_ERROR;
        const UScriptCode script = uscript_getScript(point, &status);
        if (u_getIntPropertyValue(point, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT || script == USCRIPT_HAN
            || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA)
            output.append(line.bytes + begin, at - begin);
    }
}

// Under this locale words are those of the plain rules but for scripts that ICU cuts with a dictionary.
icu::BreakIterator *iterator(const std::string &unit, UErrorCode &status)
{
    const icu::Locale &root = icu::Locale::getRoot();
    if (unit == "word")
        return icu::BreakIterator::createWordInstance(root, status);
    if (unit == "sentence")
        return icu::BreakIterator::createSentenceInstance(root, status);
    if (unit == "grapheme")
        return icu::BreakIterator::createCharacterInstance(root, status);
    return nullptr;
}

} // namespace

int main(int argc, char **argv)
{
    bool counts = false, lines = false, utf8 = false;
    int next = 1;
    for (; next < argc && !strncmp(argv[next], "--", 2); next++) {
        counts = counts || !strcmp(argv[next], "--count");
        lines = lines || !strcmp(argv[next], "--lines");
        utf8 = utf8 || !strcmp(argv[next], "--utf8");
        if (!strcmp(argv[next], "--version")) {
            puts("icu-break (ICU " U_ICU_VERSION ", Unicode " U_UNICODE_VERSION ")");
            return 0;
        }
    }
    const std::string unit = next < argc ? argv[next] : "";
    if (unit == "dictionary")
        return each_line(STDIN_FILENO, true, append_of_dictionary);
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> breaks(iterator(unit, status));
    const int file = next + 1 < argc ? open(argv[next + 1], O_RDONLY) : -1;
    if (!breaks || U_FAILURE(status) || file < 0) {
        fputs("usage: icu-break [--count] [--lines] [--utf8] word|sentence|grapheme FILE | dictionary\n", stderr);
        return 2;
    }
    const bool sentences = unit == "sentence", clusters = unit == "grapheme";
    lines = lines || sentences;
    const char separator = lines ? '\n' : ' ';
    Reader reader(*breaks, utf8);
    size_t total = 0;
    const int result = each_line(file, !counts && !lines, [&](Line line, std::string &output) {
        reader.open(line);
        const size_t before = output.size();
        int32_t from = 0;
        for (int32_t end = breaks->first(); (end = breaks->next()) != icu::BreakIterator::DONE;) {
            const int32_t to = reader.bytes_to(end);
            const int32_t stop = sentences ? without_blank_end(line.bytes, from, to) : to;
            if (sentences ? stop > from : clusters || !is_blank(line.bytes, from, to)) {
                total++;
                if (!counts)
                    output.append(line.bytes + from, stop - from).push_back(separator);
            }
            from = to;
        }
        if (!lines && output.size() > before)
            output.pop_back();
    });
    if (counts)
        printf("%zu\n", total);
    return result;
}
