package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.sqlite.connect.SqliteFile;
import dev.pagurus.store.sqlite.connect.SqliteSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteDataSource;

/** What a wrong option is answered with: its name and what it takes, and never what it was set to. */
class SqliteOptionsTest {

    @TempDir
    private Path directory;

    @Test
    void anUnknownOptionIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Stores.open(url("reader=2")))
                .isExactlyInstanceOf(ConfigurationException.class)
                .hasMessageContaining("unknown option 'reader'")
                .hasMessageContaining(
                        "body.max, cache, journal.limit, migrate, network, readers, slow, snapshots, synchronous, timeout");

        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeout=5            | 'timeout'       | with its unit, such as 500ms
            timeout=0s           | timeout         | longer than nothing
            timeout=-5s          | 'timeout'       | with its unit
            body.max=0           | 'body.max'      | a size from 1 to
            body.max=10MB        | 'body.max'      | KiB, MiB or GiB
            readers=0            | 'readers'       | a whole number from 1 to 64
            readers=65           | 'readers'       | a whole number from 1 to 64
            readers=two          | 'readers'       | a whole number from 1 to 64
            readers=             | 'readers'       | a whole number from 1 to 64
            snapshots=0          | 'snapshots'     | a whole number from 1 to 1000
            cache=1KiB           | 'cache'         | a size from 65536 to
            journal.limit=-1     | 'journal.limit' | a size from 65536 to
            synchronous=extra    | 'synchronous'   | one of off, normal, full
            migrate=maybe        | 'migrate'       | one of apply, validate
            synchronous=FULL     | 'synchronous'   | one of off, normal, full
            network=maybe        | 'network'       | one of refuse, allow
            readers              | option          | name=value
            =2                   | option          | name=value
            readers=1&readers=2  | 'readers'       | twice
            """)
    void aMalformedOptionIsRefusedWithWhatItTakes(String option, String name, String wanted) {
        assertThatThrownBy(() -> Stores.open(url(option)))
                .isExactlyInstanceOf(ConfigurationException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(wanted);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aUserOrPasswordOrDataSourceIsRefused() {
        StoreConfig.Builder config = StoreConfig.builder(url(""));

        assertThatThrownBy(
                        () -> Stores.open(config.user("ada").password("s3cret").build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("has no user and no password")
                .hasMessageNotContaining("s3cret");
        assertThatThrownBy(() ->
                        Stores.open(config.dataSource(new SQLiteDataSource()).build()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("takes no DataSource");

        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key=s3cret",
                "password=s3cret",
                "timeout=s3cret",
                "readers=s3cret",
                "synchronous=s3cret",
                "s3cret",
                "=s3cret",
                "cipher=aes&hexkey=s3cret",
                "key=s3cret&key=s3cret",
                "key=%s3cret",
            })
    void noExceptionShowsWhatAnOptionWasSetTo(String options) {
        assertThat(wholeText(url(options))).doesNotContain("s3cret");
        assertThat(wholeText("sqlite:" + directory + "/missing/data.db?" + options))
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nfs", "nfs4", "NFS", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "ceph", "davfs"})
    void aNetworkFileSystemIsRefused(String type) {
        // Not a real mount: it would take a server and a kernel module that a bare Debian has not. What is proved here
        // is
        // which types count; that Java reports a mounted file system's type is a matter of the JDK.
        SqliteFile file = SqliteSettings.of(StoreConfig.of(url(""))).file();

        assertThatThrownBy(() -> file.refuseNetwork(type))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("network file system (" + type + ")")
                .hasMessageContaining("two programs can damage the file")
                .hasMessageContaining("network=allow");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "apfs", "NTFS", ""})
    void aLocalFileSystemIsNot(String type) {
        SqliteFile file = SqliteSettings.of(StoreConfig.of(url(""))).file();

        assertThatCode(() -> file.refuseNetwork(type)).doesNotThrowAnyException();
    }

    private String url(String options) {
        return "sqlite:" + directory.resolve("data.db") + "?" + options;
    }

    /** Returns everything that a log would show. */
    private static String wholeText(String url) {
        StringWriter text = new StringWriter();
        assertThatThrownBy(() -> Stores.open(url)).satisfies(e -> e.printStackTrace(new PrintWriter(text)));
        return text.toString();
    }
}
