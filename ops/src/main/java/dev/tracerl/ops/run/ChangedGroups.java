package dev.tracerl.ops.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tracerl.schemas.avro.GroupSpec;
import java.util.List;
import org.apache.avro.specific.SpecificData;

/** The group rules of a run with some of them changed, by the keys of a run file. */
public final class ChangedGroups {

    /** What the keys begin with. */
    public static final String PREFIX = "groups.";

    private ChangedGroups() {}

    /**
     * The changed rules.
     *
     * @param changes of keys that begin with {@link #PREFIX}
     * @throws RunFileException listing every change that cannot be made
     */
    public static GroupSpec of(GroupSpec rules, List<Change> changes) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("groups", SpecTree.of(rules));
        Problems problems = new Problems();
        changes.forEach(change -> change.apply(tree, problems));
        GroupSpec changed = (GroupSpec) new YamlToAvro(SpecificData.getForClass(GroupSpec.class), problems)
                .record(tree.get("groups"), GroupSpec.getClassSchema(), "groups");
        problems.throwIfAny("the group rules");
        return changed;
    }
}
