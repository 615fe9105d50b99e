// Normalizes each line of standard input with ICU, as a program that uses its C++ interface would: the rival.
//
// usage: icu-normalize [--check] nfc|nfd|nfkc|nfkd|nfkc_cf
//        icu-normalize fold | lower LOCALE | upper LOCALE
//        icu-normalize unassigned     (of each line, the code points that this ICU does not know)
//        icu-normalize --version
//
// The exit status of --check is 1 at the first line that is not normalized; other trouble is 2.

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>
#include <unicode/uvernum.h>

#include <cstdio>
#include <cstring>
#include <string>
#include <unistd.h>

namespace {

// Small enough to stay in the cache of a core, large enough that system calls cost nothing.
constexpr size_t CHUNK_BYTES = 1 << 16;

using Line = icu::StringPiece;

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

// Gives each line, without its LF, to `work(line, sink)`, which answers whether to go on; then the LF goes out.
template <class Work> int each_line(Work work)
{
    std::string input(CHUNK_BYTES, '\0'), output;
    output.reserve(4 * CHUNK_BYTES);
    icu::StringByteSink<std::string> sink(&output);
    size_t kept = 0;
    for (ssize_t count; (count = read(STDIN_FILENO, &input[kept], input.size() - kept)) != 0;) {
        if (count < 0)
            return 2;
        const char *line = input.data(), *const end = line + kept + count;
        while (const void *found = memchr(line, '\n', end - line)) {
            const char *const feed = static_cast<const char *>(found);
            if (!work(Line(line, feed - line), sink))
                return 1;
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
    if (kept && !work(Line(input.data(), kept), sink))
        return 1;
    return write_all(output) ? 0 : 2;
}

const icu::Normalizer2 *normalizer(const std::string &form, UErrorCode &status)
{
    if (form == "nfc")
        return icu::Normalizer2::getNFCInstance(status);
    if (form == "nfd")
        return icu::Normalizer2::getNFDInstance(status);
    if (form == "nfkc")
        return icu::Normalizer2::getNFKCInstance(status);
    if (form == "nfkd")
        return icu::Normalizer2::getNFKDInstance(status);
    if (form == "nfkc_cf")
        return icu::Normalizer2::getNFKCCasefoldInstance(status);
    return nullptr;
}

void append_unassigned(Line line, icu::ByteSink &sink)
{
    const char *const bytes = line.data();
    for (int32_t at = 0, begin = 0; at < line.length(); begin = at) {
        UChar32 point;
        U8_NEXT(bytes, at, line.length(), point);
        if (point >= 0 && u_charType(point) == U_UNASSIGNED)
            sink.Append(bytes + begin, at - begin);
    }
}

} // namespace

int main(int count, char **words)
{
    const bool check = count > 1 && !strcmp(words[1], "--check");
    const std::string form = count > 1 + check ? words[1 + check] : "", locale = count > 2 ? words[2] : "";
    if (form == "--version") {
        puts("icu-normalize (ICU " U_ICU_VERSION ", Unicode " U_UNICODE_VERSION ")");
        return 0;
    }
    UErrorCode status = U_ZERO_ERROR;
    const auto rewrite = [&](auto change) {
        return each_line([&](Line line, icu::ByteSink &sink) { return change(line, sink), U_SUCCESS(status); });
    };
    if (const icu::Normalizer2 *normal = normalizer(form, status)) {
        if (check)
            return each_line([&](Line line, icu::ByteSink &) { return normal->isNormalizedUTF8(line, status); });
        return rewrite([&](Line line, icu::ByteSink &sink) {
            normal->normalizeUTF8(0, line, sink, nullptr, status);
        });
    }
    if (form == "fold")
        return rewrite([&](Line line, icu::ByteSink &sink) {
            icu::CaseMap::utf8Fold(0, line, sink, nullptr, status);
        });
    if (form == "lower")
        return rewrite([&](Line line, icu::ByteSink &sink) {
            icu::CaseMap::utf8ToLower(locale.c_str(), 0, line, sink, nullptr, status);
        });
    if (form == "upper")
        return rewrite([&](Line line, icu::ByteSink &sink) {
            icu::CaseMap::utf8ToUpper(locale.c_str(), 0, line, sink, nullptr, status);
        });
    if (form == "unassigned")
        return rewrite(append_unassigned);
    fputs("usage: icu-normalize [--check] nfc|nfd|nfkc|nfkd|nfkc_cf | fold | lower LOCALE | upper LOCALE\n", stderr);
    return 2;
}
