package dev.pagurus.store.tck;

import dev.pagurus.store.tck.changes.BesideReadersClauses;
import dev.pagurus.store.tck.changes.ExpiredChangesClauses;
import dev.pagurus.store.tck.changes.FollowClauses;
import dev.pagurus.store.tck.changes.GoingOnClauses;
import dev.pagurus.store.tck.changes.KeptClauses;
import dev.pagurus.store.tck.changes.LogClauses;
import dev.pagurus.store.tck.changes.LostClauses;
import dev.pagurus.store.tck.changes.ManyChangesClauses;
import dev.pagurus.store.tck.changes.PageClauses;
import dev.pagurus.store.tck.claims.ClaimClauses;
import dev.pagurus.store.tck.claims.ClaimersClauses;
import dev.pagurus.store.tck.expiry.ExpiryBesideClauses;
import dev.pagurus.store.tck.expiry.ExpiryClauses;
import dev.pagurus.store.tck.expiry.ExpiryWaysClauses;
import dev.pagurus.store.tck.group.GroupOrder;
import dev.pagurus.store.tck.groups.AggregateClauses;
import dev.pagurus.store.tck.groups.GroupClauses;
import dev.pagurus.store.tck.lifecycle.CapabilityClauses;
import dev.pagurus.store.tck.lifecycle.ClosingClauses;
import dev.pagurus.store.tck.lifecycle.CrashClauses;
import dev.pagurus.store.tck.lifecycle.ErrorClauses;
import dev.pagurus.store.tck.lifecycle.InterruptClauses;
import dev.pagurus.store.tck.lifecycle.LifecycleClauses;
import dev.pagurus.store.tck.lifecycle.OpeningClauses;
import dev.pagurus.store.tck.listeners.CallsTogetherClauses;
import dev.pagurus.store.tck.listeners.DiscreetClauses;
import dev.pagurus.store.tck.listeners.ExplainClauses;
import dev.pagurus.store.tck.listeners.ToldCallClauses;
import dev.pagurus.store.tck.moves.BackupClauses;
import dev.pagurus.store.tck.moves.CopyClauses;
import dev.pagurus.store.tck.moves.CopyTargetClauses;
import dev.pagurus.store.tck.moves.DamagedCopyClauses;
import dev.pagurus.store.tck.moves.ExpiryCopyClauses;
import dev.pagurus.store.tck.moves.ExportClauses;
import dev.pagurus.store.tck.moves.FollowedCopyClauses;
import dev.pagurus.store.tck.moves.HostileExportClauses;
import dev.pagurus.store.tck.moves.StepCopyClauses;
import dev.pagurus.store.tck.moves.UnfinishedCopyClauses;
import dev.pagurus.store.tck.moves.UnfollowedCopyClauses;
import dev.pagurus.store.tck.moves.UpgradeAfterMoveClauses;
import dev.pagurus.store.tck.paths.BulkPathClauses;
import dev.pagurus.store.tck.paths.ExpiredPathClauses;
import dev.pagurus.store.tck.paths.ManyPathClauses;
import dev.pagurus.store.tck.paths.MovePathClauses;
import dev.pagurus.store.tck.paths.UpgradePathClauses;
import dev.pagurus.store.tck.paths.VerbPathClauses;
import dev.pagurus.store.tck.queries.AroundDamageClauses;
import dev.pagurus.store.tck.queries.CursorClauses;
import dev.pagurus.store.tck.queries.DamageClauses;
import dev.pagurus.store.tck.queries.FieldsAnewClauses;
import dev.pagurus.store.tck.queries.FilterClauses;
import dev.pagurus.store.tck.queries.ListClauses;
import dev.pagurus.store.tck.queries.OrderClauses;
import dev.pagurus.store.tck.queries.PagingClauses;
import dev.pagurus.store.tck.queries.PlanClauses;
import dev.pagurus.store.tck.queries.QueryClauses;
import dev.pagurus.store.tck.queries.RawClauses;
import dev.pagurus.store.tck.queries.ReadClauses;
import dev.pagurus.store.tck.queries.ToldDamageClauses;
import dev.pagurus.store.tck.queries.WholeQueryClauses;
import dev.pagurus.store.tck.schemas.AsideClauses;
import dev.pagurus.store.tck.schemas.BodyUpgradeClauses;
import dev.pagurus.store.tck.schemas.JsonUpgradeClauses;
import dev.pagurus.store.tck.schemas.KeptShapeClauses;
import dev.pagurus.store.tck.schemas.LossClauses;
import dev.pagurus.store.tck.schemas.MigrationClauses;
import dev.pagurus.store.tck.schemas.NewerRevisionClauses;
import dev.pagurus.store.tck.schemas.OldRevisionClauses;
import dev.pagurus.store.tck.schemas.RefusedBodyUpgradeClauses;
import dev.pagurus.store.tck.schemas.RefusedUpgradeClauses;
import dev.pagurus.store.tck.schemas.SchemaClauses;
import dev.pagurus.store.tck.schemas.SchemaLimitClauses;
import dev.pagurus.store.tck.schemas.SchemaRuleClauses;
import dev.pagurus.store.tck.schemas.ShapeClauses;
import dev.pagurus.store.tck.schemas.UnknownShapeClauses;
import dev.pagurus.store.tck.schemas.UpgradeClauses;
import dev.pagurus.store.tck.select.RowClauses;
import dev.pagurus.store.tck.select.RowsClauses;
import dev.pagurus.store.tck.states.HeldStateClauses;
import dev.pagurus.store.tck.states.OneStateClauses;
import dev.pagurus.store.tck.states.RecencyClauses;
import dev.pagurus.store.tck.states.StepClauses;
import dev.pagurus.store.tck.states.UndoneClauses;
import dev.pagurus.store.tck.states.WholeStateClauses;
import dev.pagurus.store.tck.steps.BatchClauses;
import dev.pagurus.store.tck.steps.DropClauses;
import dev.pagurus.store.tck.steps.OnceClauses;
import dev.pagurus.store.tck.steps.RenameClauses;
import dev.pagurus.store.tck.steps.UnfinishedBatchClauses;
import dev.pagurus.store.tck.transactions.ConflictClauses;
import dev.pagurus.store.tck.transactions.HistoryClauses;
import dev.pagurus.store.tck.transactions.IsolationClauses;
import dev.pagurus.store.tck.transactions.MisuseClauses;
import dev.pagurus.store.tck.transactions.SnapshotClauses;
import dev.pagurus.store.tck.transactions.ThreePartyClauses;
import dev.pagurus.store.tck.transactions.TransactionClauses;
import dev.pagurus.store.tck.transactions.WaitingClauses;
import dev.pagurus.store.tck.values.IdClauses;
import dev.pagurus.store.tck.values.InstantClauses;
import dev.pagurus.store.tck.values.KindClauses;
import dev.pagurus.store.tck.values.NameClauses;
import dev.pagurus.store.tck.values.TextClauses;
import dev.pagurus.store.tck.values.ValueClauses;
import dev.pagurus.store.tck.walk.WalkClauses;
import dev.pagurus.store.tck.words.WordsAmongClauses;
import dev.pagurus.store.tck.words.WordsAtLimitsClauses;
import dev.pagurus.store.tck.words.WordsClauses;
import dev.pagurus.store.tck.writes.BulkClauses;
import dev.pagurus.store.tck.writes.ConcurrentWriteClauses;
import dev.pagurus.store.tck.writes.FailedWriteClauses;
import dev.pagurus.store.tck.writes.FieldWriteClauses;
import dev.pagurus.store.tck.writes.JoinedCallerClauses;
import dev.pagurus.store.tck.writes.JoinedWriteClauses;
import dev.pagurus.store.tck.writes.OutcomeClauses;
import dev.pagurus.store.tck.writes.RefusedBulkClauses;
import dev.pagurus.store.tck.writes.UniqueClauses;
import dev.pagurus.store.tck.writes.VersionClauses;
import dev.pagurus.store.tck.writes.WriteClauses;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract of a store, as tests. A store's author extends this class, gives it a {@link StoreFixture} and runs it like
 * any JUnit test; a failure names the {@link Clause} that is broken, and the verdict stands in
 * {@code target/store-tck/<store>.json} and {@code .md}.
 *
 * <p>Random tests take some seeds that are the same in every run, and one that is new. A failure names its seed, and {@code
 * -Dpagurus.tck.seed} repeats it. Before a release, {@code -Dpagurus.tck.walks=20} takes twenty new ones in place of one.
 *
 * <p>Groups of tests run beside each other if JUnit is told so, in {@code junit-platform.properties}: {@code
 * junit.jupiter.execution.parallel.enabled = true}, and with {@code
 * junit.jupiter.execution.parallel.config.strategy = fixed} how many, {@code
 * junit.jupiter.execution.parallel.config.fixed.parallelism = 2}. The {@link StoreFixture} is then called by several threads.
 * What a test has left behind is found when none runs any more, and is not said to be of one of them.
 */
@ExtendWith(ContractExtension.class)
@Execution(ExecutionMode.SAME_THREAD) // beside no other class; its groups run beside each other where JUnit is told to
@TestClassOrder(GroupOrder.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a store may loop
@SuppressWarnings("exports") // JUnit makes the extension; nobody else needs to see it
public abstract class StoreTck {

    /** For subclasses. */
    protected StoreTck() {}

    /** Returns where databases come from; called for each test. */
    protected abstract StoreFixture fixture();

    @Nested
    class Values extends ValueClauses {
        Values() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Texts extends TextClauses {
        Texts() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Kinds extends KindClauses {
        Kinds() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Ids extends IdClauses {
        Ids() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Names extends NameClauses {
        Names() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Instants extends InstantClauses {
        Instants() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Reads extends ReadClauses {
        Reads() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Queries extends QueryClauses {
        Queries() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Filters extends FilterClauses {
        Filters() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Orders extends OrderClauses {
        Orders() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Paging extends PagingClauses {
        Paging() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Cursors extends CursorClauses {
        Cursors() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Lists extends ListClauses {
        Lists() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Plans extends PlanClauses {
        Plans() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Words extends WordsClauses {
        Words() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class WordsAtLimits extends WordsAtLimitsClauses {
        WordsAtLimits() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class WordsAmong extends WordsAmongClauses {
        WordsAmong() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class WholeQueries extends WholeQueryClauses {
        WholeQueries() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Aggregates extends AggregateClauses {
        Aggregates() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Grouped extends GroupClauses {
        Grouped() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Errors extends ErrorClauses {
        Errors() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Opening extends OpeningClauses {
        Opening() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Writes extends WriteClauses {
        Writes() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class FieldWrites extends FieldWriteClauses {
        FieldWrites() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class FailedWrites extends FailedWriteClauses {
        FailedWrites() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Versions extends VersionClauses {
        Versions() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ConcurrentWrites extends ConcurrentWriteClauses {
        ConcurrentWrites() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class UniqueIndexes extends UniqueClauses {
        UniqueIndexes() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class BulkWrites extends BulkClauses {
        BulkWrites() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class RefusedBulkWrites extends RefusedBulkClauses {
        RefusedBulkWrites() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Transactions extends TransactionClauses {
        Transactions() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Outcomes extends OutcomeClauses {
        Outcomes() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Misuse extends MisuseClauses {
        Misuse() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Conflicts extends ConflictClauses {
        Conflicts() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Isolation extends IsolationClauses {
        Isolation() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ThreeParties extends ThreePartyClauses {
        ThreeParties() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Histories extends HistoryClauses {
        Histories() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Snapshots extends SnapshotClauses {
        Snapshots() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Schemas extends SchemaClauses {
        Schemas() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class SchemaRules extends SchemaRuleClauses {
        SchemaRules() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class SchemaLimits extends SchemaLimitClauses {
        SchemaLimits() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Upgrades extends UpgradeClauses {
        Upgrades() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class RefusedUpgrades extends RefusedUpgradeClauses {
        RefusedUpgrades() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class BodyUpgrades extends BodyUpgradeClauses {
        BodyUpgrades() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class RefusedBodyUpgrades extends RefusedBodyUpgradeClauses {
        RefusedBodyUpgrades() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Losses extends LossClauses {
        Losses() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class JsonUpgrades extends JsonUpgradeClauses {
        JsonUpgrades() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class SetAside extends AsideClauses {
        SetAside() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class UpgradesAfterMoves extends UpgradeAfterMoveClauses {
        UpgradesAfterMoves() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class OldRevisions extends OldRevisionClauses {
        OldRevisions() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class OnceSteps extends OnceClauses {
        OnceSteps() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class BatchSteps extends BatchClauses {
        BatchSteps() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class UnfinishedBatchSteps extends UnfinishedBatchClauses {
        UnfinishedBatchSteps() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class StepCopies extends StepCopyClauses {
        StepCopies() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Drops extends DropClauses {
        Drops() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Renames extends RenameClauses {
        Renames() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Walks extends WalkClauses {
        Walks() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Capabilities extends CapabilityClauses {
        Capabilities() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Migrations extends MigrationClauses {
        Migrations() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Lifecycle extends LifecycleClauses {
        Lifecycle() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Crashes extends CrashClauses {
        Crashes() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Closing extends ClosingClauses {
        Closing() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Waiting extends WaitingClauses {
        Waiting() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class JoinedWrites extends JoinedWriteClauses {
        JoinedWrites() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class JoinedCallers extends JoinedCallerClauses {
        JoinedCallers() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Backups extends BackupClauses {
        Backups() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Exports extends ExportClauses {
        Exports() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class HostileExports extends HostileExportClauses {
        HostileExports() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Copies extends CopyClauses {
        Copies() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class CopyTargets extends CopyTargetClauses {
        CopyTargets() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class UnfinishedCopies extends UnfinishedCopyClauses {
        UnfinishedCopies() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class FollowedCopies extends FollowedCopyClauses {
        FollowedCopies() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class UnfollowedCopies extends UnfollowedCopyClauses {
        UnfollowedCopies() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class VerbPaths extends VerbPathClauses {
        VerbPaths() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class BulkPaths extends BulkPathClauses {
        BulkPaths() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ManyPaths extends ManyPathClauses {
        ManyPaths() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class UpgradePaths extends UpgradePathClauses {
        UpgradePaths() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class MovePaths extends MovePathClauses {
        MovePaths() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class OneStates extends OneStateClauses {
        OneStates() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class HeldStates extends HeldStateClauses {
        HeldStates() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Undone extends UndoneClauses {
        Undone() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class WholeStates extends WholeStateClauses {
        WholeStates() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Steps extends StepClauses {
        Steps() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Recency extends RecencyClauses {
        Recency() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Interrupts extends InterruptClauses {
        Interrupts() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Damage extends DamageClauses {
        Damage() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class AroundDamage extends AroundDamageClauses {
        AroundDamage() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class DamagedCopies extends DamagedCopyClauses {
        DamagedCopies() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Raw extends RawClauses {
        Raw() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class NewerRevisions extends NewerRevisionClauses {
        NewerRevisions() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ToldDamage extends ToldDamageClauses {
        ToldDamage() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class FieldsAnew extends FieldsAnewClauses {
        FieldsAnew() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Shapes extends ShapeClauses {
        Shapes() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class KeptShapes extends KeptShapeClauses {
        KeptShapes() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class UnknownShapes extends UnknownShapeClauses {
        UnknownShapes() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Logs extends LogClauses {
        Logs() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class GoingOn extends GoingOnClauses {
        GoingOn() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Claims extends ClaimClauses {
        Claims() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Claimers extends ClaimersClauses {
        Claimers() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ToldCalls extends ToldCallClauses {
        ToldCalls() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class CallsTogether extends CallsTogetherClauses {
        CallsTogether() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Discreet extends DiscreetClauses {
        Discreet() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Explained extends ExplainClauses {
        Explained() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ChangePages extends PageClauses {
        ChangePages() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class KeptChanges extends KeptClauses {
        KeptChanges() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class LostPositions extends LostClauses {
        LostPositions() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Followers extends FollowClauses {
        Followers() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Row extends RowClauses {
        Row() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Rows extends RowsClauses {
        Rows() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class BesideReaders extends BesideReadersClauses {
        BesideReaders() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class Expiry extends ExpiryClauses {
        Expiry() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ExpiryWays extends ExpiryWaysClauses {
        ExpiryWays() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ManyChanges extends ManyChangesClauses {
        ManyChanges() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ExpiredChanges extends ExpiredChangesClauses {
        ExpiredChanges() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ExpiredPaths extends ExpiredPathClauses {
        ExpiredPaths() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ExpiryBeside extends ExpiryBesideClauses {
        ExpiryBeside() {
            super(StoreTck.this::fixture);
        }
    }

    @Nested
    class ExpiryCopies extends ExpiryCopyClauses {
        ExpiryCopies() {
            super(StoreTck.this::fixture);
        }
    }
}
