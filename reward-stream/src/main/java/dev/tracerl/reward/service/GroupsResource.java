package dev.tracerl.reward.service;

import dev.tracerl.reward.query.GroupAnswer;
import dev.tracerl.reward.query.GroupQuery;
import dev.tracerl.reward.query.StoresUnavailableException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;

/** Groups over HTTP. Instances that do not hold a group redirect to the one that does. */
@Path("/groups")
@Produces(MediaType.APPLICATION_JSON)
public final class GroupsResource {

    static final int MOST = 1000;

    private static final int RETRY_SECONDS = 1;

    private final RewardService service;

    GroupsResource(RewardService service) {
        this.service = service;
    }

    /**
     * A group.
     *
     * @param within whether the sender has asked admission already
     */
    @GET
    @Path("/{groupId}")
    public Response group(
            @PathParam("groupId") String groupId, @QueryParam("within") @DefaultValue("false") boolean within) {
        return answer(query -> respond(groupId, query.find(groupId, within)));
    }

    /** Groups of this instance by state; {@code open} is the only one that can be listed. */
    @GET
    public Response groups(
            @QueryParam("state") @DefaultValue("") String state, @QueryParam("limit") @DefaultValue("100") int limit) {
        if (!state.equals("open")) {
            return error(Response.Status.BAD_REQUEST, "state is '" + state + "', only open groups can be listed");
        }
        if (limit < 1 || limit > MOST) {
            return error(Response.Status.BAD_REQUEST, "limit is " + limit + ", must be from 1 to " + MOST);
        }
        return answer(query -> Response.ok(query.open(limit)).build());
    }

    private Response answer(Function<GroupQuery, Response> question) {
        try {
            return service.groups()
                    .map(question)
                    .orElseGet(() -> unavailable("this process works on no run's topology: it is " + service.state()
                            + "; try again later or ask another instance"));
        } catch (StoresUnavailableException e) {
            return unavailable(String.valueOf(e.getMessage()));
        }
    }

    private static Response respond(String groupId, GroupAnswer answer) {
        if (answer instanceof GroupAnswer.Found found) {
            return Response.ok(found.group()).build();
        } else if (answer instanceof GroupAnswer.Elsewhere elsewhere) {
            String query = elsewhere.within() ? "?within=true" : "";
            return Response.temporaryRedirect(
                            URI.create("http://%s/groups/%s%s".formatted(elsewhere.host(), groupId, query)))
                    .entity(Map.of("host", elsewhere.host().toString()))
                    .build();
        }
        return error(Response.Status.NOT_FOUND, ((GroupAnswer.Missing) answer).message());
    }

    private static Response unavailable(String message) {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
                .entity(Map.of("error", message))
                .build();
    }

    private static Response error(Response.Status status, String message) {
        return Response.status(status).entity(Map.of("error", message)).build();
    }
}
